package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the two rows of a span that an SDK sends: one when it begins ({@code _is_merge:false}, with input and start), one
 * when it ends ({@code _is_merge:true}, with output and end). Values are the bytes of the line, untouched.
 *
 * <p>The first eight digits of row id and trace id are free, so that a replay can be repeated under new ids.
 */
final class SpanRows {
    static final int FREE_DIGITS = 8;
    private static final BigInteger NANOS_PER_MILLI = BigInteger.valueOf(1_000_000);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    private final List<Integer> free = new ArrayList<>();
    private final String projectId;

    SpanRows(String projectId) {
        this.projectId = projectId;
    }

    /** Empty where the line lacks what every span has. */
    List<TimedRow> of(ByteSlice line) {
        Map<String, ByteSlice> span = new HashMap<>();
        for (JsonField field : JsonObjectFields.of(line)) {
            span.put(field.name(), field.value());
        }
        var trace = hex(span.get("trace_id"), 32);
        var id = hex(span.get("span_id"), 16);
        var start = nanos(span.get("start"));
        if (trace.isEmpty() || id.isEmpty() || start.signum() < 0) {
            return List.of();
        }
        var end = nanos(span.get("end"));
        var rows = new ArrayList<TimedRow>(2);
        rows.add(row(trace, id, start, () -> {
            beginning(span, start, "", false);
            field(span, "input");
            field(span, "metadata");
            text(",\"_is_merge\":false");
        }));
        if (end.signum() >= 0) {
            rows.add(row(trace, id, end, () -> {
                ending(span);
                text(",\"metrics\":{" + endOf(end));
                moreMetrics(span);
                text("},\"_is_merge\":true");
            }));
        }
        return rows;
    }

    /** One row with all that the span has, under the ids of the line. */
    Optional<ByteSlice> whole(ByteSlice line) {
        Map<String, ByteSlice> span = new HashMap<>();
        for (JsonField field : JsonObjectFields.of(line)) {
            span.put(field.name(), field.value());
        }
        var trace = hex(span.get("trace_id"), 32);
        var id = hex(span.get("span_id"), 16);
        var start = nanos(span.get("start"));
        if (trace.isEmpty() || id.isEmpty() || start.signum() < 0) {
            return Optional.empty();
        }
        var end = nanos(span.get("end"));
        out.reset();
        text("{\"id\":\"" + id + "\",\"span_id\":\"" + id + "\",\"root_span_id\":\"" + trace + "\",\"project_id\":\""
                + projectId + "\",\"log_id\":\"g\"");
        beginning(span, start, end.signum() >= 0 ? "," + endOf(end) : "", true);
        field(span, "input");
        field(span, "metadata");
        ending(span);
        text("}");
        return Optional.of(ByteSlice.of(out.toByteArray()));
    }

    private TimedRow row(String trace, String id, BigInteger time, Runnable fields) {
        out.reset();
        free.clear();
        text("{\"id\":\"");
        freeDigits();
        text(trace.substring(FREE_DIGITS, 16) + id + "\",\"span_id\":\"" + id + "\",\"root_span_id\":\"");
        freeDigits();
        text(trace.substring(FREE_DIGITS) + "\",\"project_id\":\"" + projectId + "\",\"log_id\":\"g\"");
        fields.run();
        text("}");
        return new TimedRow(trace, time, ByteSlice.of(out.toByteArray()), free);
    }

    /** @param whole whether all metrics are known already; {@code end} among them, where there is one */
    private void beginning(Map<String, ByteSlice> span, BigInteger start, String end, boolean whole) {
        var parent = hex(span.get("parent_span_id"), 16);
        if (!parent.isEmpty()) {
            text(",\"span_parents\":[\"" + parent + "\"]");
        }
        var millis = start.divide(NANOS_PER_MILLI).longValue();
        text(",\"created\":\"" + Instant.ofEpochMilli(millis) + "\",\"span_attributes\":{\"name\":");
        slice(span.getOrDefault("name", ByteSlice.ofUtf8("null")));
        text(",\"type\":");
        slice(span.getOrDefault("type", ByteSlice.ofUtf8("null")));
        text("},\"metrics\":{\"start\":" + seconds(millis) + end);
        if (whole) {
            moreMetrics(span);
        }
        text("}");
    }

    private void ending(Map<String, ByteSlice> span) {
        field(span, "output");
        field(span, "expected");
        field(span, "error");
        field(span, "scores");
        field(span, "tags");
    }

    private static String endOf(BigInteger end) {
        return "\"end\":" + seconds(end.divide(NANOS_PER_MILLI).longValue());
    }

    private void moreMetrics(Map<String, ByteSlice> span) {
        var metrics = span.get("metrics");
        if (metrics != null && metrics.length() > 2 && metrics.at(0) == '{') {
            text(",");
            slice(metrics.slice(1, metrics.length() - 2));
        }
    }

    private void field(Map<String, ByteSlice> span, String name) {
        var value = span.get(name);
        if (value != null) {
            text(",\"" + name + "\":");
            slice(value);
        }
    }

    private void freeDigits() {
        free.add(out.size());
        text("0".repeat(FREE_DIGITS));
    }

    private void text(String ascii) {
        slice(ByteSlice.ofUtf8(ascii));
    }

    private void slice(ByteSlice bytes) {
        out.write(bytes.array(), bytes.offset(), bytes.length());
    }

    private static String seconds(long millis) {
        return "%d.%03d".formatted(Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
    }

    private static String hex(@Nullable ByteSlice value, int digits) {
        return value != null && value.length() == digits + 2
                ? value.slice(1, digits).toUtf8()
                : "";
    }

    private static BigInteger nanos(@Nullable ByteSlice value) {
        return value != null && value.length() > 2 && value.at(0) == '"'
                ? new BigInteger(value.slice(1, value.length() - 2).toUtf8())
                : BigInteger.ONE.negate();
    }
}

package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span in the neutral form, and the row that it becomes. Values are the bytes of the line, untouched; times keep their
 * nine digits. The row id is the span's id, so that loading twice does no harm. Pure.
 */
final class NeutralSpan {
    private static final List<String> VERBATIM =
            List.of("input", "output", "expected", "error", "metadata", "scores", "tags");
    private static final int NANO_DIGITS = 9;
    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final ByteSlice NULL = ByteSlice.ofUtf8("null");

    private final Map<String, JsonField> fields;

    private NeutralSpan(Map<String, JsonField> fields) {
        this.fields = fields;
    }

    /** @throws FileFault where the line is an object but no span */
    static NeutralSpan of(ByteSlice line) {
        var span = new NeutralSpan(JsonObjectFields.lastOf(line));
        for (var name : List.of("trace_id", "span_id", "name", "type", "start")) {
            if (span.value(name).isEmpty()) {
                throw new FileFault("a span lacks its field " + name);
            }
        }
        return span;
    }

    ByteSlice toRow(String projectId) {
        var start = nanos("start").orElseThrow(() -> new FileFault("the start of a span is null"));
        var row = new RowBytes();
        row.field("id", required("span_id"));
        row.field("span_id", required("span_id"));
        row.field("root_span_id", required("trace_id"));
        value("parent_span_id")
                .filter(parent -> !parent.equals(NULL))
                .ifPresent(
                        parent -> row.name("span_parents").raw("[").raw(parent).raw("]"));
        row.field("project_id", JsonText.encodeString(projectId));
        row.field("log_id", ByteSlice.ofUtf8("\"g\""));
        row.field("created", JsonText.encodeString(created(start)));
        row.name("span_attributes").raw("{\"name\":").raw(required("name"));
        row.raw(",\"type\":").raw(required("type")).raw("}");
        for (var name : VERBATIM) {
            value(name).ifPresent(value -> row.field(name, value));
        }
        metrics(row, start);
        return row.end();
    }

    /** The span's own metrics, then its times: of a name that stands twice the last counts. */
    private void metrics(RowBytes row, BigInteger start) {
        row.name("metrics").raw("{");
        var own = Optional.ofNullable(fields.get("metrics"))
                .filter(JsonField::isObject)
                .map(metrics -> JsonObjectFields.of(metrics.value()))
                .orElse(List.of());
        for (var metric : own) {
            row.raw(metric.rawName()).raw(":").raw(metric.value()).raw(",");
        }
        row.raw("\"start\":").raw(seconds(start));
        nanos("end").ifPresent(end -> row.raw(",\"end\":").raw(seconds(end)));
        row.raw("}");
    }

    private Optional<ByteSlice> value(String name) {
        return Optional.ofNullable(fields.get(name)).map(JsonField::value);
    }

    private ByteSlice required(String name) {
        return value(name).orElse(NULL);
    }

    private Optional<BigInteger> nanos(String name) {
        return value(name).filter(value -> !value.equals(NULL)).map(value -> nanos(name, value));
    }

    private static BigInteger nanos(String name, ByteSlice value) {
        var text = value.at(0) == '"' ? JsonText.decodeString(value) : value.toUtf8();
        if (!text.matches("-?\\d{1,30}")) {
            throw new FileFault("the %s of a span is not a number of nanoseconds".formatted(name));
        }
        return new BigInteger(text);
    }

    private static String seconds(BigInteger nanos) {
        return new BigDecimal(nanos, NANO_DIGITS).toPlainString();
    }

    private static String created(BigInteger nanos) {
        var parts = new BigDecimal(nanos, NANO_DIGITS);
        long seconds = parts.setScale(0, java.math.RoundingMode.FLOOR).longValue();
        var rest = parts.subtract(BigDecimal.valueOf(seconds)).unscaledValue().longValue();
        return CREATED.format(Instant.ofEpochSecond(seconds, rest));
    }
}

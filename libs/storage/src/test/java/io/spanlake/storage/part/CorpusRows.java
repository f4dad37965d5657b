package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.row.RowState;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Recorded traces, where they are: {@code SPANLAKE_CORPUS}, or {@code ../shared/data} beside the repository. Each span as an
 * SDK sends it: a row when it begins, a merge when it ends, both settled long ago.
 */
final class CorpusRows {
    static final int FILES = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ObjectRef object;
    private int spans;

    CorpusRows(ObjectRef object) {
        this.object = object;
    }

    interface Sink {
        /** @param line of the corpus, without its end */
        void accept(RowState row, ByteSlice line) throws IOException;
    }

    static Optional<Path> file(int index) {
        return folder().map(folder -> folder.resolve("traces-a-0%d.jsonl.gz".formatted(index)))
                .filter(Files::exists);
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getenv("SPANLAKE_CORPUS"))
                .map(Path::of)
                .or(() -> beside(Path.of("").toAbsolutePath()));
    }

    private static Optional<Path> beside(Path module) {
        var repository = module;
        while (repository != null && !Files.exists(repository.resolve(".ci"))) {
            repository = repository.getParent();
        }
        return Optional.ofNullable(repository)
                .map(root -> root.resolveSibling("shared").resolve("data"));
    }

    void read(Path file, Sink sink) throws IOException {
        try (var in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16)) {
            for (var line = line(in); line.length() > 0; line = line(in)) {
                sink.accept(row(line), line);
            }
        }
    }

    private static ByteSlice line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(8192);
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return ByteSlice.of(line.toByteArray());
    }

    private RowState row(ByteSlice line) {
        var span = new HashMap<String, String>();
        for (JsonField field : JsonObjectFields.of(line)) {
            span.put(field.name(), field.value().toUtf8());
        }
        var trace = text(span, "trace_id");
        var id = trace.substring(0, 16) + text(span, "span_id");
        spans++;
        // A request has some ten rows; the second write comes a while after the first.
        var begun = write(id, trace, WriteKind.FULL, spans / 10, spans % 10, beginning(span, id, trace));
        var ended = write(id, trace, WriteKind.MERGE, spans / 10 + 20, spans % 10, ending(span, id, trace));
        return RowState.of(begun).join(RowState.of(ended)).settle(TransactionId.of(4_000_000_000L, 0));
    }

    private Write write(String id, String trace, WriteKind kind, int request, int position, String json) {
        var stamp = new Stamp(TransactionId.of(1_790_000_000L + request / 20, request % 20), position);
        return new Write(object, id, Optional.of(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    private String ids(Map<String, String> span, String id, String trace) {
        return "{\"id\":\"%s\",\"span_id\":%s,\"root_span_id\":\"%s\",\"project_id\":\"%s\",\"log_id\":\"g\""
                .formatted(id, span.get("span_id"), trace, object.id());
    }

    private String beginning(Map<String, String> span, String id, String trace) {
        long millis = Long.parseLong(text(span, "start")) / NANOS_PER_MILLI;
        var json = new StringBuilder(ids(span, id, trace));
        var parent = span.getOrDefault("parent_span_id", "null");
        if (!parent.equals("null")) {
            json.append(",\"span_parents\":[").append(parent).append(']');
        }
        json.append(",\"created\":\"").append(Instant.ofEpochMilli(millis)).append("\",\"span_attributes\":{\"name\":");
        json.append(span.get("name")).append(",\"type\":").append(span.get("type"));
        json.append("},\"metrics\":{\"start\":").append(seconds(millis)).append('}');
        append(json, span, "input");
        append(json, span, "metadata");
        return json.append(",\"_is_merge\":false}").toString();
    }

    private String ending(Map<String, String> span, String id, String trace) {
        var json = new StringBuilder(ids(span, id, trace));
        for (var name : new String[] {"output", "expected", "error", "scores", "tags"}) {
            append(json, span, name);
        }
        var own = span.getOrDefault("metrics", "{}");
        var end = span.getOrDefault("end", "null");
        json.append(",\"metrics\":{");
        if (!end.equals("null")) {
            json.append("\"end\":").append(seconds(Long.parseLong(text(span, "end")) / NANOS_PER_MILLI));
            json.append(own.length() > 2 ? "," : "");
        }
        json.append(own, 1, own.length());
        return json.append(",\"_is_merge\":true}").toString();
    }

    private static void append(StringBuilder json, Map<String, String> span, String name) {
        var value = span.get(name);
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(value);
        }
    }

    private static String text(Map<String, String> span, String name) {
        var raw = span.getOrDefault(name, "\"\"");
        return raw.substring(1, raw.length() - 1);
    }

    private static String seconds(long millis) {
        return "%d.%03d".formatted(Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
    }
}

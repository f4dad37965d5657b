package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonObjectFields;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a file into requests of bounded size, in the order of the file. From the same line on it cuts the same way every
 * time, so that a repeated request is the same request. Not thread-safe; blocks.
 */
final class BatchReader {
    private static final JsonLimits LIMITS = JsonLimits.DEFAULT;
    private static final int ITEMS_MAX = 1_000;

    private final TraceFile file;
    private final String projectId;
    private final long bytesMax;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final List<ByteSlice> rows = new ArrayList<>();
    private Optional<FileForm> form = Optional.empty();
    private long line;
    private long rowsBytes;
    private long rowsFirstLine;
    private boolean ended;

    BatchReader(TraceFile file, String projectId, long bytesMax) {
        this.file = file;
        this.projectId = projectId;
        this.bytesMax = bytesMax;
    }

    /** @param skipBefore lines before it were taken already */
    Optional<Batch> next(long skipBefore) throws IOException {
        while (ready.isEmpty() && !ended) {
            var bytes = file.nextLine();
            if (bytes.isEmpty()) {
                ended = true;
                flushRows(line + 1);
            } else {
                line++;
                take(ByteSlice.of(bytes.get()), skipBefore);
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    long line() {
        return line;
    }

    private void take(ByteSlice text, long skipBefore) throws IOException {
        if (text.toUtf8().isBlank()) {
            return;
        }
        var object = form.isPresent() ? checked(text) : firstObject(text);
        var known = form.orElseGet(() -> detected(object));
        form = Optional.of(known);
        if (line < skipBefore) {
            return;
        }
        switch (known) {
            case NEUTRAL -> addRow(NeutralSpan.of(object).toRow(projectId));
            case LOGS3 ->
                cut(
                        known,
                        itemsOf(object, "rows").stream()
                                .map(row -> LoggedRow.inProject(row, projectId))
                                .toList());
            case OTLP -> cut(known, itemsOf(object, "resourceSpans"));
        }
    }

    /** A file may be one document over many lines. */
    private ByteSlice firstObject(ByteSlice text) throws IOException {
        if (JsonCheck.check(text, LIMITS).isEmpty()) {
            return text;
        }
        var rest = file.rest();
        var whole = new byte[text.length() + 1 + rest.length];
        System.arraycopy(text.array(), text.offset(), whole, 0, text.length());
        whole[text.length()] = '\n';
        System.arraycopy(rest, 0, whole, text.length() + 1, rest.length);
        return JsonCheck.check(ByteSlice.of(whole), LIMITS).isEmpty() ? ByteSlice.of(whole) : checked(text);
    }

    private static ByteSlice checked(ByteSlice text) {
        JsonCheck.check(text, LIMITS).ifPresent(fault -> {
            throw new FileFault("not JSON at byte %d: %s".formatted(fault.offset(), fault.message()));
        });
        return text;
    }

    private static FileForm detected(ByteSlice object) {
        return FileForm.of(object)
                .orElseThrow(() -> new FileFault(
                        "neither a span (trace_id, span_id), nor a logs3 body (rows), nor OTLP (resourceSpans)"));
    }

    private static List<ByteSlice> itemsOf(ByteSlice object, String name) {
        return JsonObjectFields.valueOf(object, name)
                .map(JsonArrayItems::of)
                .orElseThrow(() -> new FileFault("lacks its field " + name));
    }

    private void addRow(ByteSlice row) {
        if (!rows.isEmpty() && (rowsBytes + row.length() > bytesMax || rows.size() == ITEMS_MAX)) {
            flushRows(line);
        }
        if (rows.isEmpty()) {
            rowsFirstLine = line;
        }
        rows.add(row);
        rowsBytes += row.length() + 1;
    }

    private void flushRows(long nextLine) {
        if (!rows.isEmpty()) {
            ready.add(
                    new Batch(FileForm.NEUTRAL, rowsFirstLine, nextLine, 0, rows.size(), body(FileForm.NEUTRAL, rows)));
            rows.clear();
            rowsBytes = 0;
        }
    }

    /** One line's items, in as many requests as they need. */
    private void cut(FileForm known, List<ByteSlice> items) {
        var piece = new ArrayList<ByteSlice>();
        long bytes = 0;
        int first = 0;
        for (int i = 0; i < items.size(); i++) {
            if (!piece.isEmpty() && (bytes + items.get(i).length() > bytesMax || piece.size() == ITEMS_MAX)) {
                ready.add(new Batch(known, line, line, first, piece.size(), body(known, piece)));
                piece.clear();
                bytes = 0;
                first = i;
            }
            piece.add(items.get(i));
            bytes += items.get(i).length() + 1;
        }
        ready.add(new Batch(known, line, line + 1, first, piece.size(), body(known, piece)));
    }

    private static ByteSlice body(FileForm known, List<ByteSlice> items) {
        var body = new RowBytes()
                .name(known == FileForm.OTLP ? "resourceSpans" : "rows")
                .raw("[");
        for (int i = 0; i < items.size(); i++) {
            body.raw(i == 0 ? "" : ",").raw(items.get(i));
        }
        body.raw("]");
        if (known != FileForm.OTLP) {
            body.name("api_version").raw("2");
        }
        return body.end();
    }
}

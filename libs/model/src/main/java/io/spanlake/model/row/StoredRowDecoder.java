package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.json.JsonObjectFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StoredRowEncoder} writes, and believes nothing that does not fit. */
final class StoredRowDecoder {
    private static final int COMMENT_BYTES_MIN = 1 + 1 + 2;

    private final BinaryReader in;
    private final ByteSlice line;
    private final int flags;

    private StoredRowDecoder(ByteSlice line, ByteSlice header) {
        this.in = new BinaryReader(header, RowStateFormatException::new);
        this.line = line;
        this.flags = in.next("form") & 0xFF;
    }

    static RowState state(StoredRow row, ObjectRef object, String rowId) {
        var decoder = new StoredRowDecoder(row.json(), row.header());
        return decoder.checked(() -> decoder.state(object, rowId));
    }

    static List<Stamp> stamps(ByteSlice header) {
        var decoder = new StoredRowDecoder(header, header);
        return decoder.checked(() -> decoder.form() == StoredForm.ONE_WRITE
                ? List.of(decoder.onlyStamp())
                : StoredStamps.next(decoder.in).stream()
                        .map(StoredStamps.Told::stamp)
                        .toList());
    }

    static List<RowWrite> settledWrites(ByteSlice header, Optional<String> traceId) {
        var decoder = new StoredRowDecoder(header, header);
        return decoder.checked(() -> decoder.settledWrites(traceId));
    }

    private List<RowWrite> settledWrites(Optional<String> traceId) {
        return switch (form()) {
            case StoredForm.ONE_WRITE -> {
                var stamp = onlyStamp();
                yield List.of(new RowWrite(stamp, onlyKind(), traceId));
            }
            case StoredForm.SETTLED -> settledWrites(StoredStamps.next(in), traceId);
            default -> throw in.fault("not settled");
        };
    }

    private static List<RowWrite> settledWrites(List<StoredStamps.Told> told, Optional<String> traceId) {
        int decides = StoredStamps.replacement(told);
        var writes = new ArrayList<RowWrite>(told.size());
        for (var write : told) {
            var trace = writes.size() == decides ? traceId : Optional.<String>empty();
            writes.add(new RowWrite(write.stamp(), write.kind(), trace));
        }
        return writes;
    }

    static Optional<String> traceId(StoredRow row) {
        var decoder = new StoredRowDecoder(row.json(), row.header());
        return decoder.checked(decoder::traceId);
    }

    static boolean isSettled(ByteSlice header) {
        return new StoredRowDecoder(header, header).form() != StoredForm.FOLD;
    }

    private <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw in.fault("no stored row", e);
        }
    }

    private int form() {
        int form = flags & StoredForm.FORM_MASK;
        if (form == 0) {
            throw in.fault("a form that is none");
        }
        return form;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private RowState state(ObjectRef object, String rowId) {
        var state = switch (form()) {
            case StoredForm.ONE_WRITE -> RowState.of(oneWrite(object, rowId));
            case StoredForm.SETTLED -> RowState.of(object, rowId, settled());
            default -> RowState.of(object, rowId, fold());
        };
        if (in.remaining() > 0) {
            throw in.fault("%d bytes after the header".formatted(in.remaining()));
        }
        return state;
    }

    private Optional<String> traceId() {
        return switch (form()) {
            case StoredForm.ONE_WRITE -> {
                onlyStamp();
                yield traceId(json());
            }
            case StoredForm.SETTLED -> {
                StoredStamps.next(in);
                var json = json();
                traceIndex(0);
                yield traceId(json);
            }
            default -> {
                var told = StoredStamps.next(in);
                var standing = OwnJson.parse(json()).standing();
                yield history(told, standing).trace().traceId();
            }
        };
    }

    private Write oneWrite(ObjectRef object, String rowId) {
        var stamp = onlyStamp();
        var json = json();
        return new Write(object, rowId, traceId(json), stamp, onlyKind(), json);
    }

    private WriteKind onlyKind() {
        return WriteKind.ofCode((flags >>> StoredForm.KIND_SHIFT & StoredForm.KIND_MASK) + 1);
    }

    private Stamp onlyStamp() {
        var transaction = StoredStamps.nextFirst(in);
        return new Stamp(transaction, in.nextVarint("position"));
    }

    private ByteSlice json() {
        return has(StoredForm.BREAKS) ? LineBreaks.restore(line, in) : line;
    }

    private Optional<String> traceId(ByteSlice json) {
        return switch (flags >>> StoredForm.TRACE_SHIFT & StoredForm.TRACE_MASK) {
            case StoredForm.TRACE_NONE -> Optional.empty();
            case StoredForm.TRACE_IN_JSON ->
                OwnJson.rootSpanId(json).or(() -> {
                    throw in.fault("a trace id that is not in the JSON");
                });
            case StoredForm.TRACE_TEXT -> Optional.of(in.nextText("trace id", Write.ID_BYTES_MAX));
            default -> throw in.fault("a trace that is none");
        };
    }

    private int traceIndex(int usual) {
        boolean named = (flags >>> StoredForm.TRACE_SHIFT & StoredForm.TRACE_MASK) != StoredForm.TRACE_NONE;
        return named ? in.nextVarint("write that decides the trace") : usual;
    }

    private Fold settled() {
        var told = StoredStamps.next(in);
        var json = json();
        var own = OwnJson.parse(json);
        var history = settledHistory(told, own.standing(), json);
        var version = history.last().version();
        var comments = has(StoredForm.COMMENTS) ? comments(history) : Comments.NONE;
        boolean replaced = history.clear() != null;
        var fields = has(StoredForm.SHAPES)
                ? StoredShapes.next(own.values(), replaced, version, in)
                : StoredShapes.usualFields(own.values(), replaced, version);
        return new Fold(history, fields, comments, true);
    }

    private History settledHistory(List<StoredStamps.Told> told, Map<String, ByteSlice> standing, ByteSlice json) {
        int traceIndex = traceIndex(StoredStamps.replacement(told));
        if (traceIndex >= told.size()) {
            throw in.fault("write %d of %d".formatted(traceIndex, told.size()));
        }
        var trace = OwnJson.trace(traceId(json), standing);
        int first = told.getFirst().kind() == WriteKind.DELETE ? 1 : 0;
        var created = OwnJson.created(standing);
        var entries = new ArrayList<HistoryEntry>(told.size());
        for (var write : told) {
            int index = entries.size();
            var source = has(StoredForm.AUDIT) ? optional("source") : null;
            var metadata = has(StoredForm.AUDIT) ? optional("metadata") : null;
            entries.add(new HistoryEntry(
                    Version.settled(write.stamp()),
                    write.kind(),
                    source,
                    metadata,
                    index == first ? created : null,
                    index == traceIndex ? trace : TraceFields.NONE));
        }
        return history(entries);
    }

    private Fold fold() {
        var told = StoredStamps.next(in);
        var own = OwnJson.parse(json());
        var history = history(told, own.standing());
        var comments = has(StoredForm.COMMENTS) ? comments(history) : Comments.NONE;
        return new Fold(history, new StoredTree(history.entries(), in).next(own.values()), comments);
    }

    private History history(List<StoredStamps.Told> told, Map<String, ByteSlice> standing) {
        var entries = new ArrayList<HistoryEntry>(told.size());
        for (var write : told) {
            entries.add(EntryFields.next(write.stamp(), write.kind(), standing, in));
        }
        return history(entries);
    }

    private History history(List<HistoryEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (!entries.get(i - 1).version().isBefore(entries.get(i).version())) {
                throw in.fault("writes out of order");
            }
        }
        return History.of(entries);
    }

    private Comments comments(History history) {
        Map<String, Comments.Comment> comments = new TreeMap<>();
        for (int left = in.nextCount("comments", COMMENT_BYTES_MIN); left > 0; left--) {
            int writeAndRemoved = in.nextVarint("comment");
            int index = writeAndRemoved >>> 1;
            if (index >= history.entries().size()) {
                throw in.fault("a comment of write %d of %d"
                        .formatted(index, history.entries().size()));
            }
            var version = history.entries().get(index).version();
            var json = in.nextSlice(in.nextVarint("comment"), "comment");
            var id = Comments.idOf(version.stamp(), JsonObjectFields.lastOf(json));
            comments.put(id, new Comments.Comment(version, id, json, (writeAndRemoved & 1) == 1));
        }
        return Comments.of(comments);
    }

    /** A copy: a small field of the history must not keep the header in memory. */
    private @Nullable ByteSlice optional(String what) {
        int lengthAndOne = in.nextVarint(what);
        return lengthAndOne == 0
                ? null
                : ByteSlice.of(in.nextSlice(lengthAndOne - 1, what).toArray());
    }
}

package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.json.JsonFormatException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes stored rows: the JSON, and the header beside it. */
final class StoredRowEncoder {
    private static final int HEADER_BYTES_USUAL = 64;

    private final BinaryWriter out = new BinaryWriter(HEADER_BYTES_USUAL);
    private final Map<Version, Integer> writes = new HashMap<>();

    private StoredRowEncoder() {}

    static StoredRow encode(RowState state) {
        var encoder = new StoredRowEncoder();
        var only = state.only();
        if (only != null) {
            return encoder.oneWrite(only);
        }
        var fold = state.folded();
        return fold.settled() ? encoder.settled(fold) : encoder.fold(fold);
    }

    private StoredRow oneWrite(Write write) {
        int trace = traceForm(write.traceId(), write.traceId().isEmpty() ? Optional.empty() : rootSpanId(write.json()));
        boolean breaks = LineBreaks.in(write.json());
        out.put(StoredForm.ONE_WRITE
                | trace << StoredForm.TRACE_SHIFT
                | (breaks ? StoredForm.BREAKS : 0)
                | (write.kind().code() - 1) << StoredForm.KIND_SHIFT);
        StoredStamps.putFirst(write.stamp().transaction(), out);
        out.putVarint(write.stamp().position());
        var line = breaks ? LineBreaks.take(write.json(), out) : write.json();
        putTrace(trace, write.traceId());
        return new StoredRow(line, out.toSlice());
    }

    private static Optional<String> rootSpanId(ByteSlice json) {
        try {
            return OwnJson.rootSpanId(json);
        } catch (JsonFormatException e) {
            // Whoever looks into it later finds it malformed; here it is carried on as it is.
            return Optional.empty();
        }
    }

    private StoredRow settled(Fold fold) {
        var history = fold.history();
        var standing = OwnJson.standing(history);
        var json = OwnJson.write(fold, standing);
        var traceId = history.trace().traceId();
        int trace = traceForm(traceId, OwnJson.rootSpanId(standing));
        boolean breaks = LineBreaks.in(json);
        boolean audit = history.entries().stream().anyMatch(StoredRowEncoder::isTold);
        boolean comments = !fold.comments().all().isEmpty();
        boolean replaced = history.clear() != null;
        boolean shapes = StoredShapes.unusual(fold.fields(), replaced);
        out.put(StoredForm.SETTLED
                | trace << StoredForm.TRACE_SHIFT
                | (breaks ? StoredForm.BREAKS : 0)
                | (audit ? StoredForm.AUDIT : 0)
                | (comments ? StoredForm.COMMENTS : 0)
                | (shapes ? StoredForm.SHAPES : 0));
        put(history);
        var line = breaks ? LineBreaks.take(json, out) : json;
        if (trace != StoredForm.TRACE_NONE) {
            out.putVarint(history.traceIndex());
        }
        putTrace(trace, traceId);
        if (audit) {
            history.entries().forEach(this::putAudit);
        }
        if (comments) {
            put(fold.comments());
        }
        if (shapes) {
            StoredShapes.put(fold.fields(), replaced, out);
        }
        return new StoredRow(line, out.toSlice());
    }

    private static boolean isTold(HistoryEntry entry) {
        return entry.source() != null || entry.metadata() != null;
    }

    private void putAudit(HistoryEntry entry) {
        putOptional(entry.source());
        putOptional(entry.metadata());
    }

    private StoredRow fold(Fold fold) {
        var history = fold.history();
        var standing = OwnJson.standing(history);
        var json = OwnJson.write(fold, standing);
        boolean breaks = LineBreaks.in(json);
        boolean comments = !fold.comments().all().isEmpty();
        out.put(StoredForm.FOLD | (breaks ? StoredForm.BREAKS : 0) | (comments ? StoredForm.COMMENTS : 0));
        put(history);
        var line = breaks ? LineBreaks.take(json, out) : json;
        history.entries().forEach(entry -> EntryFields.put(entry, standing, out));
        if (comments) {
            put(fold.comments());
        }
        StoredTree.put(fold.fields(), writes, out);
        return new StoredRow(line, out.toSlice());
    }

    private int index(Version version) {
        return Optional.ofNullable(writes.get(version))
                .orElseThrow(() -> new IllegalStateException("a value of a write that is not in the history"));
    }

    private void put(Comments comments) {
        out.putVarint(comments.all().size());
        for (var comment : comments.all()) {
            out.putVarint(index(comment.version()) << 1 | (comment.removed() ? 1 : 0))
                    .putSlice(comment.json());
        }
    }

    private void put(History history) {
        StoredStamps.put(history.entries(), out);
        history.entries().forEach(entry -> writes.put(entry.version(), writes.size()));
    }

    private static int traceForm(Optional<String> traceId, Optional<String> inJson) {
        if (traceId.isEmpty()) {
            return StoredForm.TRACE_NONE;
        }
        return traceId.equals(inJson) ? StoredForm.TRACE_IN_JSON : StoredForm.TRACE_TEXT;
    }

    private void putTrace(int form, Optional<String> traceId) {
        if (form == StoredForm.TRACE_TEXT) {
            out.putText(traceId.orElseThrow());
        }
    }

    private void putOptional(@Nullable ByteSlice slice) {
        out.putVarint(slice == null ? 0 : slice.length() + 1);
        if (slice != null) {
            out.putRaw(slice);
        }
    }
}

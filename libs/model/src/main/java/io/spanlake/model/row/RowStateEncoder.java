package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.json.JsonText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one state: first what its values refer to, then the history, the comments and the tree of fields. */
final class RowStateEncoder {
    private static final int WRITES_USUAL = 2;

    private final RowState state;
    private final SlicePool pool = new SlicePool();
    private final Map<Version, Integer> writes = HashMap.newHashMap(WRITES_USUAL);
    private final BinaryWriter out;

    RowStateEncoder(RowState state, BinaryWriter out) {
        this.state = state;
        this.out = out;
    }

    void encode() {
        out.put(RowStateCodec.VERSION).putText(state.rowId());
        var only = state.only();
        if (only == null) {
            out.put(RowStateCodec.FOLD);
            put(state.folded());
        } else {
            out.put(RowStateCodec.ONE_WRITE);
            put(only);
        }
    }

    private void put(Write write) {
        out.put(write.kind().code());
        putStamp(write.stamp());
        putTraceId(write.traceId());
        out.putSlice(write.json());
    }

    private void put(Fold fold) {
        fold.fields().forEach((name, node) -> collect(node));
        fold.comments().all().forEach(comment -> pool.add(comment.json()));
        pool.close();
        pool.writeTo(out);
        put(fold.history());
        put(fold.comments());
        put(fold.fields());
    }

    private void collect(Node node) {
        pool.add(node.rawName());
        switch (node) {
            case Whole whole -> pool.add(whole.value());
            case Branch branch -> {
                pool.add(branch.top().value());
                branch.fields().forEach((name, below) -> collect(below));
            }
        }
    }

    private void put(History history) {
        out.putVarint(history.entries().size());
        for (var entry : history.entries()) {
            writes.put(entry.version(), writes.size());
            putStamp(entry.version().stamp());
            out.putLong(entry.version().tie()).put(entry.kind().code());
            putOptional(entry.source());
            putOptional(entry.metadata());
            putOptional(entry.created());
            putTraceId(entry.trace().traceId());
            putOptional(entry.trace().spanId());
            putOptional(entry.trace().rootSpanId());
            putOptional(entry.trace().spanParents());
            putOptional(entry.trace().parentRowId());
        }
    }

    private void put(Comments comments) {
        out.putVarint(comments.all().size());
        for (var comment : comments.all()) {
            putWrite(comment.version());
            out.putSlice(JsonText.encodeString(comment.id())).put(comment.removed() ? 1 : 0);
            putPlace(comment.json());
        }
    }

    private void put(Fields fields) {
        out.putVarint(fields.count());
        fields.forEach((name, node) -> put(node));
    }

    private void put(Node node) {
        switch (node) {
            case Whole whole when whole.merges() == null -> putWhole(NodeForm.REPLACES, whole);
            case Whole whole -> putWhole(NodeForm.MERGES, whole);
            case Branch branch -> {
                putWhole(NodeForm.BRANCH, branch.top());
                var replaced = branch.replaced();
                out.putVarint(replaced == null ? 0 : index(replaced) + 1);
                put(branch.fields());
            }
        }
    }

    private void putWhole(NodeForm form, Whole whole) {
        out.put(form.code());
        putPlace(whole.rawName());
        putWrite(whole.version());
        putPlace(whole.value());
        var paths = whole.merges();
        if (paths != null) {
            MergePathsCodec.put(paths, out);
        }
    }

    private void putWrite(Version version) {
        out.putVarint(index(version));
    }

    private int index(Version version) {
        return Optional.ofNullable(writes.get(version))
                .orElseThrow(() -> new IllegalStateException("a value of a write that is not in the history"));
    }

    private void putPlace(ByteSlice slice) {
        out.putVarint(pool.placeOf(slice)).putVarint(slice.length());
    }

    private void putStamp(Stamp stamp) {
        out.putLong(stamp.transaction().value()).putShort(stamp.position());
    }

    private void putTraceId(Optional<String> traceId) {
        putOptional(traceId.map(ByteSlice::ofUtf8).orElse(null));
    }

    private void putOptional(@Nullable ByteSlice slice) {
        out.putVarint(slice == null ? 0 : slice.length() + 1);
        if (slice != null) {
            out.putRaw(slice);
        }
    }
}

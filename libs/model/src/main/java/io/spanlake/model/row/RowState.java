package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What any set of a row's writes folds to: a whole row, a patch, a tombstone. Immutable and thread-safe.
 *
 * <p>{@link #join} is commutative, associative and idempotent, so that states of the same writes are the same row however
 * they came about. A state of one write is that write, and its JSON is not looked into before it meets another one or is
 * rendered; malformed JSON shows then, as {@link io.spanlake.model.json.JsonFormatException}. Values are ranges of the
 * arrays that the writes came in, and keep those in memory.
 */
public final class RowState {
    private static final long OVERHEAD_BYTES = 160;

    private final ObjectRef object;
    private final String rowId;
    /** The only write; null where there are several. */
    private final @Nullable Write only;
    /** Computed at need where there is only one write; several threads may compute it, each the same. */
    private volatile @Nullable Fold fold;

    private RowState(ObjectRef object, String rowId, @Nullable Write only, @Nullable Fold fold) {
        this.object = object;
        this.rowId = rowId;
        this.only = only;
        this.fold = fold;
    }

    public static RowState of(Write write) {
        return new RowState(write.object(), write.rowId(), write, null);
    }

    static RowState of(ObjectRef object, String rowId, Fold fold) {
        return new RowState(object, rowId, null, fold);
    }

    /** @throws IllegalArgumentException where the other is a state of another row */
    public RowState join(RowState other) {
        if (!rowId.equals(other.rowId) || !object.equals(other.object)) {
            throw new IllegalArgumentException("states of two rows, of %s and %s".formatted(object, other.object));
        }
        if (this == other || includes(other)) {
            return this;
        }
        return other.includes(this) ? other : new RowState(object, rowId, null, Fold.join(folded(), other.folded()));
    }

    private boolean includes(RowState other) {
        var write = other.only;
        if (write == null) {
            return false;
        }
        return only == null ? folded().contains(write) : only.stamp().equals(write.stamp()) && only.equals(write);
    }

    @Nullable
    Write only() {
        return only;
    }

    Fold folded() {
        var known = fold;
        if (known == null) {
            if (only == null) {
                throw new IllegalStateException("a state of no write");
            }
            known = Fold.of(only);
            fold = known;
        }
        return known;
    }

    public ObjectRef object() {
        return object;
    }

    public String rowId() {
        return rowId;
    }

    /** Whether the newest write is a delete: there is no row. */
    public boolean deleted() {
        return only != null
                ? only.kind() == WriteKind.DELETE
                : folded().history().deleted();
    }

    /** Whether no write in it names a trace and none is full: its trace, if the row has one, is not known from here. */
    public boolean patchOnly() {
        return only != null
                ? only.kind() != WriteKind.FULL && only.traceId().isEmpty()
                : folded().history().patchOnly();
    }

    /**
     * The trace that the row lies in: the one that the latest full write names, or where that names none (or is not here)
     * the first write after it that does. Empty: the row is a trace of its own.
     */
    public Optional<String> traceId() {
        return only != null ? only.traceId() : folded().history().trace().traceId();
    }

    /** The oldest write since the last delete (that delete, where nothing followed): it decides the place in pages. */
    public Stamp first() {
        return only != null
                ? only.stamp()
                : folded().history().first().version().stamp();
    }

    public Stamp last() {
        return only != null ? only.stamp() : folded().history().last().version().stamp();
    }

    /** The writes that it remembers, oldest first: those since the last delete, that delete included. */
    public List<Stamp> stamps() {
        return only != null
                ? List.of(only.stamp())
                : folded().history().entries().stream()
                        .map(entry -> entry.version().stamp())
                        .toList();
    }

    /**
     * The row as readers see it: one JSON object, its keys in order; values byte for byte as they were sent, fields of the
     * protocol taken out, what the server knows put in. Only fields that were sent or computed.
     *
     * @throws IllegalStateException where the row is deleted
     */
    public ByteSlice json(RowIdentity identity) {
        if (deleted()) {
            throw new IllegalStateException("a deleted row of %s has no JSON".formatted(object));
        }
        return RowJson.of(rowId, folded(), identity);
    }

    /** Estimate of the heap it holds, in bytes: the JSON that it refers to, not what else lies in the same arrays. */
    public long bytes() {
        long own = OVERHEAD_BYTES + rowId.length();
        return only != null ? own + only.json().length() : own + folded().bytes();
    }

    /** Never the content: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "state of a row of %s up to %s".formatted(object, last());
    }
}

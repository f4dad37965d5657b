package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonObjectFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** What each of the writes that it remembers says of when the row was created, raw as it was sent; absent where it says nothing. */
    public List<Optional<ByteSlice>> createdAsSent() {
        return only != null
                ? List.of(JsonObjectFields.valueOf(only.json(), "created"))
                : folded().history().entries().stream()
                        .map(entry -> Optional.ofNullable(entry.created()))
                        .toList();
    }

    /** The stamp of the write that decides {@link #traceId()}: of two states of a row, the later one says where it lies. */
    public Stamp traceStamp() {
        if (only != null) {
            return only.stamp();
        }
        var history = folded().history();
        return history.entries().get(history.traceIndex()).version().stamp();
    }

    /**
     * The same row in less: without what only writes of {@code closed} or before could ask for. The state itself where it
     * has later writes, or has nothing to give.
     *
     * <p>Whatever it is joined with afterwards has to be newer than {@code closed}; then rows, stamps and traces are to
     * the byte those of this state joined with the same. Of the writes in it, only one that comes alone is still known for
     * one that it has.
     *
     * @param closed every write of the row up to and including this transaction is in this state already: not only has
     *     none been appended later, none waits in another stage either
     */
    public RowState settle(TransactionId closed) {
        if (only != null || last().transaction().compareTo(closed) > 0) {
            return this;
        }
        return folded().settled()
                ? this
                : Settling.of(folded()).map(less -> of(object, rowId, less)).orElse(this);
    }

    /** Whether {@link #settle} took something from it: then nothing older may be joined with it. */
    public boolean isSettled() {
        return only == null && folded().settled();
    }

    /** What it remembers of each write, oldest first, without any JSON. */
    public List<RowWrite> writes() {
        return only != null
                ? List.of(new RowWrite(only.stamp(), only.kind(), only.traceId()))
                : folded().history().entries().stream()
                        .map(entry -> new RowWrite(
                                entry.version().stamp(),
                                entry.kind(),
                                entry.trace().traceId()))
                        .toList();
    }

    /** The JSON of the row's only write, where that is a full one: its fields are the row's, but for those that are computed. */
    public Optional<ByteSlice> asSent() {
        return only != null && only.kind() == WriteKind.FULL ? Optional.of(only.json()) : Optional.empty();
    }

    /** The pieces of JSON that it holds, as they were sent: each value, and each comment, is in one of them. */
    public void forEachPiece(Consumer<ByteSlice> action) {
        if (only != null) {
            action.accept(only.json());
            return;
        }
        folded().fields().forEachPiece(action);
        folded().comments().all().forEach(comment -> action.accept(comment.json()));
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

package io.spanlake.query.tail;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The writes of a view, as a linked list a row: stamp, kind, trace and place, 37 bytes each. Writes that one state
 * remembers have one place, and follow one another. Not thread-safe.
 *
 * <p>A place is packed: source 26 bits, block 18, index in the block 20.
 */
final class TailWrites {
    private static final int NONE = IdTable.NONE;
    private static final int INDEX_BITS = StatePlace.INDEX_BITS;
    private static final int BLOCK_BITS = 18;
    private static final int KIND_BITS = 3;

    private final ArrayList<Source> sources = new ArrayList<>();
    private final IntColumn headOfRow = new IntColumn();
    private final LongColumn number = new LongColumn();
    private final LongColumn place = new LongColumn();
    private final IntColumn next = new IntColumn();
    private final IntColumn trace = new IntColumn();
    /** Length of the JSON, then the kind. */
    private final IntColumn bytesAndKind = new IntColumn();

    private final IntColumn latestStart = new IntColumn();

    int addSource(Source source) {
        sources.add(source);
        return sources.size() - 1;
    }

    List<Source> sources() {
        return Collections.unmodifiableList(sources);
    }

    void add(int row, int source, WriteKey write, int traceNumber) {
        while (headOfRow.size() <= row) {
            headOfRow.add(NONE);
        }
        if (write.index() >= 1 << INDEX_BITS || write.block() >= 1 << BLOCK_BITS) {
            throw new IllegalArgumentException(
                    "block %d, index %d is past what a place can name".formatted(write.block(), write.index()));
        }
        number.add(write.stamp().paginationNumber());
        place.add(placeOf(source, write.block(), write.index()));
        trace.add(traceNumber);
        bytesAndKind.add((write.bytes() << KIND_BITS) | write.kind().code());
        latestStart.add(write.latestStart());
        headOfRow.set(row, next.add(headOfRow.get(row)));
    }

    private static long placeOf(int source, int block, int index) {
        return ((((long) source << BLOCK_BITS) | block) << INDEX_BITS) | index;
    }

    /** The writes of a row, newest added first. */
    int[] of(int row) {
        var writes = new int[count(row)];
        int i = 0;
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            writes[i++] = write;
        }
        return writes;
    }

    int sourceOf(int write) {
        return (int) (place.get(write) >>> (BLOCK_BITS + INDEX_BITS));
    }

    /** The key of a write, with the trace that it was added with. */
    WriteKey key(int write, String rowId, Optional<String> traceId) {
        return new WriteKey(
                rowId,
                traceId,
                stamp(number.get(write)),
                kind(write),
                block(write),
                index(write),
                bytesOfWrite(write),
                latestStart.get(write));
    }

    /** Of a write of a part: the row in it. */
    int ordinal(int write) {
        return (int) (place.get(write) & ((1L << (BLOCK_BITS + INDEX_BITS)) - 1));
    }

    int traceOf(int write) {
        return trace.get(write);
    }

    RowFacts facts(int row) {
        var writes = new RowFacts.WriteFacts[count(row)];
        int i = 0;
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            writes[i++] = new RowFacts.WriteFacts(number.get(write), kind(write), trace.get(write));
        }
        return RowFacts.of(writes);
    }

    /** Where the row's states lie, each once. */
    List<StatePlace> places(int row) {
        return places(row, size());
    }

    /** @param end as many writes as there were when it was asked: later ones do not count */
    List<StatePlace> places(int row, int end) {
        var places = new ArrayList<StatePlace>(2);
        long before = NONE;
        for (int write = head(row, end); write != NONE; write = next.get(write)) {
            if (place.get(write) != before) {
                before = place.get(write);
                places.add(new StatePlace(
                        sources.get(sourceOf(write)), block(write), index(write), stamp(number.get(write))));
            }
        }
        return places;
    }

    /** The newest write of the row among the first ones: of a row the later ones stand before it. */
    private int head(int row, int end) {
        int write = headOfRow.get(row);
        while (write >= end) {
            write = next.get(write);
        }
        return write;
    }

    /** Whether the test admits any of the places of {@link #places}. */
    boolean anyPlace(int row, int end, PickedRows.StateTest test) {
        long before = NONE;
        for (int write = head(row, end); write != NONE; write = next.get(write)) {
            if (place.get(write) != before) {
                before = place.get(write);
                if (test.test(sourceOf(write), block(write), index(write))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether {@link #places} has one only. */
    boolean isOnePlace(int row, int end) {
        int first = head(row, end);
        for (int write = next.get(first); write != NONE; write = next.get(write)) {
            if (place.get(write) != place.get(first)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the test admits a trace that one of the writes names. */
    boolean anyTrace(int row, int end, IntPredicate test) {
        for (int write = head(row, end); write != NONE; write = next.get(write)) {
            if (test.test(trace.get(write))) {
                return true;
            }
        }
        return false;
    }

    /** A number of the block in which the newest write of the row lies, the same for all that lie there. */
    long blockOf(int row, int end) {
        return place.get(head(row, end)) >>> INDEX_BITS;
    }

    /** Where the write of the row lies that has the largest stamp. */
    Source newestSource(int row, int end) {
        int newest = head(row, end);
        for (int write = next.get(newest); write != NONE; write = next.get(write)) {
            newest = Long.compareUnsigned(number.get(write), number.get(newest)) > 0 ? write : newest;
        }
        return sources.get(sourceOf(newest));
    }

    /** See {@link LatestStart}. */
    int latestStart(int row, int end) {
        int latest = 0;
        for (int write = head(row, end); write != NONE; write = next.get(write)) {
            latest = LatestStart.later(latest, latestStart.get(write));
        }
        return latest;
    }

    /** Of the JSON of all writes of the row. */
    long bytesOf(int row) {
        return bytesOf(row, size());
    }

    long bytesOf(int row, int end) {
        long bytes = 0;
        for (int write = head(row, end); write != NONE; write = next.get(write)) {
            bytes += bytesOfWrite(write);
        }
        return bytes;
    }

    private int bytesOfWrite(int write) {
        return bytesAndKind.get(write) >>> KIND_BITS;
    }

    private int block(int write) {
        return (int) (place.get(write) >>> INDEX_BITS) & ((1 << BLOCK_BITS) - 1);
    }

    private int index(int write) {
        return (int) place.get(write) & ((1 << INDEX_BITS) - 1);
    }

    int size() {
        return number.size();
    }

    long bytes() {
        return sources.size() * 350L
                + headOfRow.bytes()
                + number.bytes()
                + place.bytes()
                + next.bytes()
                + trace.bytes()
                + bytesAndKind.bytes()
                + latestStart.bytes();
    }

    private int count(int row) {
        int count = 0;
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            count++;
        }
        return count;
    }

    private WriteKind kind(int write) {
        return WriteKind.ofCode(bytesAndKind.get(write) & ((1 << KIND_BITS) - 1));
    }

    private static Stamp stamp(long paginationNumber) {
        return new Stamp(
                new TransactionId(TransactionId.PREFIX | (paginationNumber >>> 16)), (int) paginationNumber & 0xFFFF);
    }
}

package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes of a view, as a linked list a row: stamp, kind, trace and place, 33 bytes each. Not thread-safe.
 *
 * <p>A place is packed: section 26 bits, block 18, index in the block 20.
 */
final class TailWrites {
    private static final int NONE = IdTable.NONE;
    private static final int INDEX_BITS = 20;
    private static final int BLOCK_BITS = 18;
    private static final int KIND_BITS = 3;

    private final ArrayList<SectionRef> sections = new ArrayList<>();
    private final IntColumn headOfRow = new IntColumn();
    private final LongColumn number = new LongColumn();
    private final LongColumn place = new LongColumn();
    private final IntColumn next = new IntColumn();
    private final IntColumn trace = new IntColumn();
    /** Length of the JSON, then the kind. */
    private final IntColumn bytesAndKind = new IntColumn();

    int addSection(SectionRef section) {
        sections.add(section);
        return sections.size() - 1;
    }

    void add(int row, int section, WriteKey write, int traceNumber) {
        while (headOfRow.size() <= row) {
            headOfRow.add(NONE);
        }
        if (write.index() >= 1 << INDEX_BITS || write.block() >= 1 << BLOCK_BITS) {
            throw new IllegalArgumentException(
                    "block %d, index %d is past what a place can name".formatted(write.block(), write.index()));
        }
        number.add(write.stamp().paginationNumber());
        place.add(((((long) section << BLOCK_BITS) | write.block()) << INDEX_BITS) | write.index());
        trace.add(traceNumber);
        bytesAndKind.add((write.bytes() << KIND_BITS) | write.kind().code());
        headOfRow.set(row, next.add(headOfRow.get(row)));
    }

    RowFacts facts(int row) {
        var writes = new RowFacts.WriteFacts[count(row)];
        int i = 0;
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            writes[i++] = new RowFacts.WriteFacts(number.get(write), kind(write), trace.get(write));
        }
        return RowFacts.of(writes);
    }

    List<WritePlace> places(int row) {
        var places = new ArrayList<WritePlace>(count(row));
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            long packed = place.get(write);
            places.add(new WritePlace(
                    sections.get((int) (packed >>> (BLOCK_BITS + INDEX_BITS))),
                    (int) (packed >>> INDEX_BITS) & ((1 << BLOCK_BITS) - 1),
                    (int) packed & ((1 << INDEX_BITS) - 1),
                    stamp(number.get(write))));
        }
        return places;
    }

    /** Of the JSON of all writes of the row. */
    long bytesOf(int row) {
        long bytes = 0;
        for (int write = headOfRow.get(row); write != NONE; write = next.get(write)) {
            bytes += bytesAndKind.get(write) >>> KIND_BITS;
        }
        return bytes;
    }

    int size() {
        return number.size();
    }

    long bytes() {
        return sections.size() * 200L
                + headOfRow.bytes()
                + number.bytes()
                + place.bytes()
                + next.bytes()
                + trace.bytes()
                + bytesAndKind.bytes();
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

package io.spanlake.storage.part;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.AccountedStamps;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.wal.StampSum;

/** Counts, sums and bounds over the rows of a part; see {@link PartStatistics}. */
record PartCounts(
        int rows,
        int traces,
        long writes,
        long rawBytes,
        long stampSum,
        Stamp firstMin,
        Stamp firstMax,
        Stamp lastMin,
        Stamp lastMax,
        long startMicrosMin,
        long startMicrosMax) {
    static final int BYTES_MIN = 4 + Long.BYTES + 4 * (Long.BYTES + Short.BYTES) + 2 * Long.BYTES;

    void writeTo(ByteOutput out) {
        out.varint(rows).varint(traces).varint(writes).varint(rawBytes).u64(stampSum);
        stamp(out, firstMin);
        stamp(out, firstMax);
        stamp(out, lastMin);
        stamp(out, lastMax);
        out.u64(startMicrosMin).u64(startMicrosMax);
    }

    private static void stamp(ByteOutput out, Stamp stamp) {
        out.u64(stamp.transaction().value()).u16(stamp.position());
    }

    static PartCounts read(ByteInput in) {
        var counts = new PartCounts(
                in.varint32(),
                in.varint32(),
                in.varint(),
                in.varint(),
                in.u64(),
                stamp(in),
                stamp(in),
                stamp(in),
                stamp(in),
                in.u64(),
                in.u64());
        if (counts.rows < 1 || counts.traces < 1 || counts.traces > counts.rows || counts.writes < counts.rows) {
            throw in.corrupt("%d rows of %d traces and %d writes".formatted(counts.rows, counts.traces, counts.writes));
        }
        return counts;
    }

    private static Stamp stamp(ByteInput in) {
        return new Stamp(new TransactionId(in.u64()), in.u16());
    }

    /** Of one row. */
    static PartCounts of(ObjectRef object, PartRow row) {
        var facts = row.facts();
        var stamps = AccountedStamps.of(object.type(), facts.stamps());
        return new PartCounts(
                1,
                1,
                stamps.size(),
                row.stored().json().length(),
                StampSum.of(object, row.rowId(), stamps),
                facts.first(),
                facts.first(),
                facts.last(),
                facts.last(),
                facts.startMicros(),
                facts.startMicros());
    }

    /** @param begins whether the row is of another trace than the one before it */
    PartCounts plus(PartCounts row, boolean begins) {
        return new PartCounts(
                Math.addExact(rows, row.rows),
                traces + (begins ? 1 : 0),
                writes + row.writes,
                rawBytes + row.rawBytes,
                stampSum + row.stampSum,
                min(firstMin, row.firstMin),
                max(firstMax, row.firstMax),
                min(lastMin, row.lastMin),
                max(lastMax, row.lastMax),
                Math.min(startMicrosMin, row.startMicrosMin),
                Math.max(startMicrosMax, row.startMicrosMax));
    }

    private static Stamp min(Stamp a, Stamp b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Stamp max(Stamp a, Stamp b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}

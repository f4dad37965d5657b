package io.spanlake.model.row;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/** Stamps and kinds of a row's writes in the header of a stored row: each transaction as the distance from the one before. */
final class StoredStamps {
    private static final int WRITE_BYTES_MIN = 2;
    private static final int KIND_BITS = 2;

    /** A write of which the row remembers something. */
    record Told(Stamp stamp, WriteKind kind) {}

    private StoredStamps() {}

    static void put(List<HistoryEntry> entries, BinaryWriter out) {
        out.putVarint(entries.size());
        long before = 0;
        for (var entry : entries) {
            var stamp = entry.version().stamp();
            long transaction = stamp.transaction().value();
            if (before == 0) {
                putFirst(stamp.transaction(), out);
            } else {
                out.putVarlong(transaction - before);
            }
            out.putVarint(stamp.position() << KIND_BITS | (entry.kind().code() - 1));
            before = transaction;
        }
    }

    static List<Told> next(BinaryReader in) {
        int count = in.nextCount("writes", WRITE_BYTES_MIN);
        var writes = new ArrayList<Told>(count);
        for (int i = 0; i < count; i++) {
            var transaction = i == 0
                    ? nextFirst(in)
                    : new TransactionId(writes.getLast().stamp().transaction().value() + in.nextVarlong("transaction"));
            int positionAndKind = in.nextVarint("position");
            var kind = WriteKind.ofCode((positionAndKind & (1 << KIND_BITS) - 1) + 1);
            writes.add(new Told(new Stamp(transaction, positionAndKind >>> KIND_BITS), kind));
        }
        if (writes.isEmpty()) {
            throw in.fault("a row without writes");
        }
        return writes;
    }

    /** Index of the newest full write or delete, 0 where there is none. */
    static int replacement(List<Told> writes) {
        int index = writes.size() - 1;
        while (index > 0
                && writes.get(index).kind() != WriteKind.FULL
                && writes.get(index).kind() != WriteKind.DELETE) {
            index--;
        }
        return index;
    }

    /** What all transactions begin with is left out. */
    static void putFirst(TransactionId transaction, BinaryWriter out) {
        long value = transaction.value();
        out.putShort((int) (value >>> 32)).putShort((int) (value >>> 16)).putShort((int) value);
    }

    static TransactionId nextFirst(BinaryReader in) {
        long high = in.nextUnsignedShort("transaction");
        long middle = in.nextUnsignedShort("transaction");
        return new TransactionId(
                TransactionId.PREFIX | high << 32 | middle << 16 | in.nextUnsignedShort("transaction"));
    }
}

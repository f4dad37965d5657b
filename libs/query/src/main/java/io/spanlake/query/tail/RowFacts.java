package io.spanlake.query.tail;

import io.spanlake.model.WriteKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * What the stamps, kinds and traces of a row's writes say of it without any JSON. Agrees with {@code RowState}, which
 * says the same of the whole writes.
 *
 * @param deleted   the latest write that counts is a delete: there is no row
 * @param patchOnly no write since that delete names a trace and none is a full row
 * @param first     pagination number of the first write since the last delete
 * @param last      pagination number of the latest write
 * @param trace     number of the trace in which the row lies: the first named since the last full write or delete, {@link IdTable#NONE} where it is its own
 */
record RowFacts(boolean deleted, boolean patchOnly, long first, long last, int trace) {
    /** @param trace number of the trace that the write names, {@link IdTable#NONE} where it names none */
    record WriteFacts(long number, WriteKind kind, int trace) {}

    private static final Comparator<WriteFacts> BY_STAMP =
            (a, b) -> a.number != b.number ? Long.compareUnsigned(a.number, b.number) : a.kind.compareTo(b.kind);

    /** Sorts the array that it is given. */
    static RowFacts of(WriteFacts[] writes) {
        Arrays.sort(writes, BY_STAMP);
        int delete = lastIndex(writes, 0, write -> write.kind == WriteKind.DELETE);
        int begin = Math.max(delete, 0);
        int full = lastIndex(writes, begin, write -> write.kind == WriteKind.FULL);
        int trace = firstNamed(writes, Math.max(full, begin));
        int firstLiving = Math.min(delete + 1, writes.length - 1);
        return new RowFacts(
                delete == writes.length - 1,
                full < 0 && trace == IdTable.NONE,
                writes[firstLiving].number,
                writes[writes.length - 1].number,
                trace);
    }

    /** -1 where none is so. */
    private static int lastIndex(WriteFacts[] writes, int from, Predicate<WriteFacts> isSo) {
        for (int i = writes.length - 1; i >= from; i--) {
            if (isSo.test(writes[i])) {
                return i;
            }
        }
        return -1;
    }

    private static int firstNamed(WriteFacts[] writes, int from) {
        for (int i = from; i < writes.length; i++) {
            if (writes[i].trace != IdTable.NONE) {
                return writes[i].trace;
            }
        }
        return IdTable.NONE;
    }
}

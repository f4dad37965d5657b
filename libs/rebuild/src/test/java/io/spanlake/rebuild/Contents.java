package io.spanlake.rebuild;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.StampSum;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What the tests put into blobs, said as plainly as can be: writes {@code w7} of rows that are written once, and deletes
 * {@code d7} of them.
 */
final class Contents {
    private Contents() {}

    static Stamp stamp(String write) {
        int number = Integer.parseInt(write.substring(1));
        return new Stamp(TransactionId.of(1_790_000_000L + number, 0), write.charAt(0) == 'w' ? 0 : 1);
    }

    static String rowOf(String write) {
        return "row-" + write.substring(1);
    }

    static String deleteOf(String write) {
        return "d" + write.substring(1);
    }

    static long sum(ObjectRef object, Collection<String> writes) {
        return writes.stream()
                .mapToLong(write -> StampSum.term(object, rowOf(write), stamp(write)))
                .sum();
    }

    static long sum(Collection<Write> writes) {
        return StampSum.of(writes);
    }

    /** A delete forgets the write. */
    static Set<String> folded(Collection<String> writes) {
        var left = new HashSet<>(writes);
        left.removeIf(write -> write.charAt(0) == 'w' && writes.contains(deleteOf(write)));
        return left;
    }
}

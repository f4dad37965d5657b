package io.spanlake.catalog;

import java.util.Set;

/**
 * What a commit of a flush came to.
 *
 * @param committed partitions whose range is in the write-ahead log now
 * @param refused   partitions that were not ours any more: nothing of them became visible
 */
public record CommittedFlush(Set<Integer> committed, Set<Integer> refused) {
    public CommittedFlush {
        committed = Set.copyOf(committed);
        refused = Set.copyOf(refused);
    }
}

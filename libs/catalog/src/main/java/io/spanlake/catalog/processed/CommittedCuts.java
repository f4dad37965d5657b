package io.spanlake.catalog.processed;

import java.util.Set;

/**
 * What a commit of cuts came to.
 *
 * @param committed partitions whose cut counts now
 * @param refused   partitions that were not ours any more, or not at {@code first}: nothing of them became visible
 */
public record CommittedCuts(Set<Integer> committed, Set<Integer> refused) {
    public CommittedCuts {
        committed = Set.copyOf(committed);
        refused = Set.copyOf(refused);
    }
}

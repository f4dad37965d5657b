package io.spanlake.wal.collect;

import io.spanlake.wal.Claim;
import java.util.List;

/**
 * What moves together from here on: the next records of some partitions, whole.
 *
 * @param ranges        one per partition
 * @param organizations those with a write in the ranges
 */
public record Flush(
        List<TakenRange> ranges, List<OrganizationWrites> organizations, List<UnreadableRecord> unreadable) {
    public Flush {
        ranges = List.copyOf(ranges);
        organizations = List.copyOf(organizations);
        unreadable = List.copyOf(unreadable);
    }

    public long bytes() {
        return ranges.stream().mapToLong(TakenRange::bytes).sum();
    }

    /** Whether any of it can still be committed. */
    public boolean held() {
        return ranges.stream().map(TakenRange::claim).anyMatch(Claim::held);
    }

    /** Gives its partitions up: they are claimed and read anew, so nothing later of them may overtake this. */
    public void lose() {
        ranges.forEach(range -> range.claim().lose());
    }
}

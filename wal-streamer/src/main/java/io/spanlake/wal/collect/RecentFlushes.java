package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import io.spanlake.storage.wal.PackedBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** When which organization was flushed, for as long as that matters. Not thread-safe. */
final class RecentFlushes {
    private final FlushPace pace;
    private final Map<OrganizationId, Instant> times = new HashMap<>();
    private final Set<OrganizationId> small = new HashSet<>();

    RecentFlushes(FlushPace pace) {
        this.pace = pace;
    }

    void add(Flush flush, Instant now) {
        for (var writes : flush.organizations()) {
            times.put(writes.organization(), now);
            if (bytes(writes) < FlushPace.SMALL_BYTES) {
                small.add(writes.organization());
            } else {
                small.remove(writes.organization());
            }
        }
    }

    Map<OrganizationId, Instant> times() {
        return times;
    }

    Duration flushAfter(Instant now) {
        var oldest = now.minus(pace.longest());
        times.values().removeIf(oldest::isAfter);
        small.retainAll(times.keySet());
        return pace.flushAfter(small.size());
    }

    private static long bytes(OrganizationWrites writes) {
        return writes.sections().stream()
                .mapToLong(section -> section.packed().stream()
                                .mapToLong(PackedBlock::uncompressedBytes)
                                .sum()
                        + section.writes().stream()
                                .mapToLong(write -> write.json().length())
                                .sum())
                .sum();
    }
}

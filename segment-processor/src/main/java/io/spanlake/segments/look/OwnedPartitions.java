package io.spanlake.segments.look;

import io.spanlake.segments.Claim;
import io.spanlake.segments.wake.Task;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The partitions that Kafka gave us, each with its state. Not thread-safe: one look or one settling at a time. */
final class OwnedPartitions {
    private final Map<Integer, OwnedPartition> partitions = new TreeMap<>();

    /** A partition that went and came back begins anew. */
    void follow(Collection<Task> tasks) {
        var current = new HashSet<>(tasks);
        partitions.values().removeIf(partition -> {
            boolean gone = !current.contains(partition.task);
            if (gone) {
                partition.lose();
            }
            return gone;
        });
        tasks.forEach(task -> partitions.computeIfAbsent(task.partition(), _ -> new OwnedPartition(task)));
    }

    List<OwnedPartition> those(Predicate<OwnedPartition> wanted) {
        return partitions.values().stream().filter(wanted).toList();
    }

    List<OwnedPartition> claimed() {
        return those(OwnedPartition::isClaimed);
    }

    List<OwnedPartition> toBeClaimed(Instant now) {
        return those(partition -> !partition.isClaimed() && !partition.rests(now));
    }

    Optional<OwnedPartition> get(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    /** Absent where the claim belongs to a life that is over. */
    Optional<OwnedPartition> under(Claim claim) {
        return get(claim.partition()).filter(partition -> partition.isUnder(claim));
    }
}

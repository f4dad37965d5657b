package io.spanlake.catalog.rebuild;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.Checkpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of an object's checkpoints counts: the newest one all of whose blobs are there. Of an output and its inputs that
 * are all there the output counts, whether its swap was ever made or not: its checkpoint was stored after all of it.
 *
 * <p>Two checkpoints of one version were made from the same state by two compactors, of which one at most was published.
 * The one that knows more of the log counts: what the other has taken out since then is in the log, or in the other's
 * inputs, which its own completeness proves to be there.
 */
public final class CheckpointChoice {
    private static final Comparator<StoredCheckpoint> NEWEST = Comparator.comparingLong(
                    (StoredCheckpoint stored) -> stored.checkpoint().version())
            .thenComparing(stored -> stored.checkpoint().floors(), CheckpointChoice::compareFloors)
            .thenComparing(StoredCheckpoint::blobName);

    private CheckpointChoice() {}

    /** @param candidates of one object */
    static Optional<StoredCheckpoint> of(List<StoredCheckpoint> candidates, Map<String, Long> blobs) {
        return candidates.stream()
                .filter(stored -> isWhole(stored.checkpoint(), blobs))
                .max(NEWEST);
    }

    /** Whether every blob that it names is in the store. */
    public static boolean isWhole(Checkpoint checkpoint, Map<String, Long> blobs) {
        return missing(checkpoint, blobs).isEmpty();
    }

    static Optional<StoredCheckpoint> newest(List<StoredCheckpoint> candidates) {
        return candidates.stream().max(NEWEST);
    }

    /** Blobs that are not there, or not as long as they were. */
    static List<String> missing(Checkpoint checkpoint, Map<String, Long> blobs) {
        return checkpoint.blobs().entrySet().stream()
                .filter(needed -> !needed.getValue().equals(blobs.get(needed.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Floors of one object are snapshots of positions that only grow, so of two one is ahead everywhere. */
    private static int compareFloors(Map<Integer, LogOffset> a, Map<Integer, LogOffset> b) {
        int ahead = 0;
        for (var floor : a.entrySet()) {
            var other = b.get(floor.getKey());
            ahead += other == null ? 1 : Integer.signum(floor.getValue().compareTo(other));
        }
        for (var partition : b.keySet()) {
            ahead -= a.containsKey(partition) ? 0 : 1;
        }
        return ahead;
    }
}

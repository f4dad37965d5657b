package io.spanlake.catalog.work;

import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Which blobs may be deleted. Deleting goes: {@link #due}, delete, {@link #swept}; and for blobs that the store has and
 * the catalog does not know: {@link #doom}, delete. Who dies in between is followed by another who does it again.
 */
public interface Sweeps {
    /**
     * Retired blobs whose grace is over, those that were retired first first: what a part was made of goes before the
     * part. Delete a batch wholly before the next.
     *
     * @param grace longer than the longest query, and than what a recovery of PostgreSQL may go back
     */
    Mono<List<RetiredBlob>> due(Duration grace, int most);

    /** Forgets blobs that were deleted. Those that are not retired are left alone. */
    Mono<Void> swept(Collection<String> names);

    /**
     * Gives up orphans <b>before</b> they are deleted: a commit that comes later with such a name fails.
     *
     * @param names of blobs that exist and are old enough to be orphans
     * @return those of them that may be deleted: that are doomed, now or since before
     */
    Mono<Set<String>> doom(Collection<String> names);

    /**
     * The version of each object that is published, by the folder of its checkpoints
     * ({@link io.spanlake.catalog.parts.CheckpointNames#folder}). Objects without a checkpoint are there too.
     */
    Mono<Map<String, Long>> versions();

    /**
     * Lets go of the log of an object that its checkpoint makes superfluous; WAL objects that no object needs any more are
     * retired. After each swap.
     *
     * @return how many WAL objects were retired
     */
    Mono<Integer> retireLog(ObjectRef object);
}

package io.spanlake.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The write side of the write-ahead log: who owns a partition, and how far it is. */
public interface WalCommits {
    /**
     * Takes the partitions over: each gets the next epoch, and from then on whoever had it is refused. A partition that
     * is not known yet begins at incarnation 1, offset 0. One whose offset was counted in another topic is stopped: a
     * topic that was made anew and filled beyond the old offset looks like the old one.
     *
     * @param topic  {@code writes} as it is now: partitions of it that nobody has claimed yet are entered, so that nothing is
     *               closed before they were read too; absent where the caller cannot tell, and then it is not compared
     * @return position of each, with the new epoch
     */
    Mono<Map<Integer, WalPosition>> claim(Collection<Integer> partitions, String owner, Optional<WritesTopic> topic);

    /** The same of a log that has no identity. */
    default Mono<Map<Integer, WalPosition>> claim(Collection<Integer> partitions, String owner) {
        return claim(partitions, owner, Optional.empty());
    }

    /**
     * Makes a flush visible in one transaction: of each range whose partition is still at {@code first} under this
     * epoch and incarnation the offset moves to {@code next}, and only of those the sections are inserted. An object
     * none of whose sections was taken is not inserted.
     *
     * <p>The outcome is always known when this completes: a lost answer is resolved by reading again, and a repeated
     * call of the same flush says what the first one did. An error means that the catalog could not be asked.
     */
    Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects);

    /**
     * States that idle partitions were read to their ends at that time of the broker, so that what is older is closed. A stale
     * epoch changes nothing.
     *
     * @param epochs epoch of each partition
     * @return partitions of a stale epoch: an owner that has nothing to commit hears of it here only
     */
    Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime);

    /** Stops the partition until it is repaired; ignored under a stale epoch. */
    Mono<Void> stop(int partition, long epoch, String reason);

    /**
     * Opens a new incarnation of a stopped partition at {@code resumeAt} and enters what lies between in the gaps.
     *
     * @return the gap, for the person who asked
     */
    Mono<Gap> repair(int partition, long resumeAt, String reason);
}

package io.spanlake.catalog.processed;

import io.spanlake.catalog.LogOffset;
import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Who processes a partition, how far it is, and what waits. */
public interface ProcessedCommits {
    /**
     * Takes the partitions over: each gets the next epoch, and from then on whoever had it is refused. A partition that
     * is not known yet begins at incarnation 1, offset 0. Epochs here have nothing to do with those of the streamers.
     */
    Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner);

    /** Of all partitions that were ever claimed. */
    Mono<Map<Integer, ProcessedPosition>> positions();

    /**
     * What the write-ahead log has of a partition past a place, from one incarnation: that of {@code after}, or, where
     * it is done with, the next one that has any.
     *
     * @param after     usually where the partition is processed up to
     * @param mostRanges sections of so many ranges at most
     */
    Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges);

    /**
     * Makes cuts visible in one transaction: of each range whose partition is still at {@code first} under this epoch
     * the position moves to {@code next}, and only of those the sections are inserted. A blob none of whose sections was
     * taken is not listed. A later incarnation may begin where everything before it is processed.
     *
     * <p>The outcome is always known when this completes: a lost answer is resolved by reading again, and a repeated
     * call says what the first one did.
     *
     * <p>Errors: {@link io.spanlake.catalog.UnbalancedException} where one of the cuts does not add up or does not end
     * where sections end, {@link io.spanlake.catalog.BlobDoomedException} where a blob was given up; both commit nothing.
     * Any other means that the catalog could not be asked.
     */
    Mono<CommittedCuts> commit(Cuts cuts);
}

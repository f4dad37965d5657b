package io.spanlake.catalog.work;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Hands out the objects that are due, each to one compactor at a time in each lane. */
public interface CompactionWork {
    /**
     * Leases objects that are due, the most urgent and longest waiting first; passes over those that another is taking at
     * this moment. Where the answer is lost the leases just run out.
     *
     * @param lane  what is to be done to them
     * @param owner who asks, for those who look into the catalog
     * @param lease how long it may take
     * @param most  objects
     */
    Mono<List<CompactionLease>> next(
            CompactionLane lane, String owner, CompactionLimits limits, Duration lease, int most);

    /** How many processed sections wait to be indexed since so long, or longer. */
    Mono<Long> tailSections(Duration age);

    /** Prolongs it; empty where another has the object by now. */
    Mono<CompactionLease> renew(CompactionLease lease, Duration by);

    /**
     * Gives it back. Ignored where another has it by now.
     *
     * @param rest how long the object is not handed out again: zero after work was done, longer where there was none
     */
    Mono<Void> done(CompactionLease lease, Duration rest);
}

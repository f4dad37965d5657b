package io.spanlake.wal.receive;

import io.spanlake.wal.Claim;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.receive.AssignedPartition.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/** What is done from time to time, between two polls. Lives on {@code wal-kafka}. */
final class Routine {
    private static final Duration HINT_EVERY = Duration.ofSeconds(10);

    private final WalProperties properties;
    private final Assignment assignment;
    private final CatalogCalls catalog;
    private final ConsumerOffsets offsets;
    private final WalMetrics metrics;
    private Instant hintAt = Instant.MIN;
    private Instant endsAt = Instant.MIN;
    private Instant repairsAt = Instant.MIN;
    private long lagOffsets;

    Routine(
            WalProperties properties,
            Assignment assignment,
            CatalogCalls catalog,
            ConsumerOffsets offsets,
            WalMetrics metrics) {
        this.properties = properties;
        this.assignment = assignment;
        this.catalog = catalog;
        this.offsets = offsets;
        this.metrics = metrics;
    }

    void run(Instant now) {
        claimThoseThatRested(now);
        catalog.claim();
        catalog.stop();
        if (!now.isBefore(repairsAt)) {
            repairsAt = now.plus(properties.repairPoll());
            catalog.lookForRepairs();
        }
        if (!now.isBefore(hintAt)) {
            hintAt = now.plus(HINT_EVERY);
            offsets.hint();
        }
        if (!now.isBefore(endsAt)) {
            endsAt = now.plus(properties.idleEvery());
            offsets.ends().ifPresent(ends -> compareWithEnds(ends, now));
        }
        metrics.lag(lagOffsets, assignment.lag(now));
    }

    private void claimThoseThatRested(Instant now) {
        for (var partition : assignment.in(Phase.RESTING)) {
            if (!now.isBefore(partition.since().plus(properties.reclaimAfter()))) {
                partition.enter(Phase.CLAIMING, now);
            }
        }
    }

    /** @param asked before the ends were asked for, so all that was appended earlier lies before them */
    private void compareWithEnds(Map<Integer, Long> ends, Instant asked) {
        long lag = 0;
        var read = new ArrayList<Claim>();
        for (var partition : assignment.in(Phase.READING)) {
            var under = partition.progress();
            var end = ends.get(partition.partition);
            if (under == null || end == null) {
                continue;
            }
            lag += Math.max(0, end - under.committed());
            if (under.committed() == end) {
                read.add(under.claim());
            }
        }
        lagOffsets = lag;
        if (!read.isEmpty()) {
            catalog.readToEnd(read, asked.minus(properties.closedMargin()));
        }
    }
}

package io.spanlake.wal.receive;

import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.wal.Claim;
import io.spanlake.wal.receive.AssignedPartition.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What partitions wait for from the catalog: claims, stops, repairs. Called on {@code wal-kafka}, never blocks it; answers
 * come back to it. An error only clears the way for the next try.
 */
final class CatalogCalls {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogCalls.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final WalCommits commits;
    private final WalSnapshots snapshots;
    private final String owner;
    private final Mono<WritesTopic> topicId;
    private final Assignment assignment;
    private final KafkaThread thread;
    private final InstantSource clock;
    private Sinks.Empty<Void> over = Sinks.empty();
    /** Rises with each cancel: an answer that was posted before it counts no more. */
    private long round;

    /** @param topicId asked anew with each claim */
    CatalogCalls(
            WalCommits commits,
            WalSnapshots snapshots,
            String owner,
            Mono<WritesTopic> topicId,
            Assignment assignment,
            KafkaThread thread,
            InstantSource clock) {
        this.commits = commits;
        this.snapshots = snapshots;
        this.owner = owner;
        this.topicId = topicId;
        this.assignment = assignment;
        this.thread = thread;
        this.clock = clock;
    }

    /** All partitions that nobody asked for yet, in one statement; the topic may have been made anew since the last time. */
    void claim() {
        var wanted = unasked(Phase.CLAIMING);
        if (wanted.isEmpty()) {
            return;
        }
        wanted.forEach(partition -> partition.asking(true));
        var numbers = wanted.stream().map(partition -> partition.partition).toList();
        long asked = round;
        topicId.flatMap(id -> commits.claim(numbers, owner, Optional.of(id)))
                .takeUntilOther(over.asMono())
                .subscribe(
                        positions -> postOf(asked, () -> claimed(wanted, positions)),
                        e -> postOf(asked, () -> failed("claim", wanted, e)));
    }

    /** Those whose last writes before the fault are committed. */
    void stop() {
        for (var partition : unasked(Phase.STOPPING)) {
            var under = partition.progress();
            if (under != null && under.held() > 0) {
                continue;
            }
            partition.asking(true);
            long asked = round;
            commits.stop(partition.partition, partition.position().epoch(), partition.reason())
                    .takeUntilOther(over.asMono())
                    .subscribe(
                            _ -> {},
                            e -> postOf(asked, () -> failed("stop", List.of(partition), e)),
                            () -> postOf(asked, () -> stopped(partition)));
        }
    }

    /** A partition that was repaired is claimed anew, under its new incarnation. */
    void lookForRepairs() {
        if (assignment.in(Phase.STOPPED).isEmpty()) {
            return;
        }
        snapshots
                .positions()
                .takeUntilOther(over.asMono())
                .subscribe(
                        positions -> thread.post(() -> repaired(positions)),
                        e -> LOG.debug("The catalog did not say whether a partition was repaired", e));
    }

    /** All of them in one statement: an idle streamer should cost next to nothing. */
    void readToEnd(List<Claim> claims, Instant brokerTime) {
        var epochs = claims.stream().collect(Collectors.toMap(Claim::partition, Claim::epoch));
        commits.readToEnd(epochs, brokerTime)
                .takeUntilOther(over.asMono())
                .subscribe(
                        lost -> claims.stream()
                                .filter(claim -> lost.contains(claim.partition()))
                                .forEach(Claim::lose),
                        e -> LOG.debug("Partitions {} were not reported as read", epochs.keySet(), e));
    }

    /** Cancels what goes on: a claim that came through after its partition was given up would refuse its owner. */
    void cancel() {
        over.tryEmitEmpty();
        over = Sinks.empty();
        round++;
        assignment.all().forEach(partition -> partition.asking(false));
    }

    private void postOf(long asked, Runnable answer) {
        thread.post(() -> {
            if (asked == round) {
                answer.run();
            }
        });
    }

    private List<AssignedPartition> unasked(Phase phase) {
        return assignment.in(phase).stream()
                .filter(partition -> partition.mayAsk(clock.instant()))
                .toList();
    }

    private void claimed(List<AssignedPartition> wanted, Map<Integer, WalPosition> positions) {
        for (var partition : wanted) {
            var position = positions.get(partition.partition);
            if (assignment.get(partition.partition) == partition && position != null) {
                assignment.claimed(partition, position, clock.instant());
            }
        }
    }

    private void stopped(AssignedPartition partition) {
        if (assignment.get(partition.partition) == partition && partition.is(Phase.STOPPING)) {
            assignment.stopped(partition, clock.instant());
        }
    }

    private void repaired(Map<Integer, WalPosition> positions) {
        for (var partition : assignment.in(Phase.STOPPED)) {
            var position = positions.get(partition.partition);
            if (position != null && position.stopped().isEmpty()) {
                LOG.info("Partition {} was repaired", partition.partition);
                partition.enter(Phase.CLAIMING, clock.instant());
            }
        }
    }

    private void failed(String what, List<AssignedPartition> partitions, Throwable cause) {
        LOG.warn(
                "The catalog did not {} partitions {}, it is asked again: {}",
                what,
                partitions.stream().map(partition -> partition.partition).toList(),
                cause.toString());
        var at = clock.instant().plus(PAUSE);
        partitions.forEach(partition -> partition.askAgain(at));
    }
}

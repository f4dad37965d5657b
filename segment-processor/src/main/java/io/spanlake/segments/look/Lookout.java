package io.spanlake.segments.look;

import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.SegmentsProperties;
import io.spanlake.segments.plan.CutLimits;
import io.spanlake.segments.plan.CutPlanner;
import io.spanlake.segments.wake.Ownership;
import io.spanlake.segments.wake.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knows the partitions that are ours and finds the cut that is due. A look goes: claim what is new, ask how far the log is,
 * fetch the sections past what is known, plan. It asks the catalog only where an event came, something waits, or a while
 * has passed: an event says when asking is worth it, and a lost one costs a moment.
 *
 * <p>One caller, one call at a time; nothing blocks.
 */
public final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final int RANGES_A_LOOK = 1_000;
    private static final int QUESTIONS_IN_FLIGHT = 4;

    private final Ownership ownership;
    private final ProcessedCommits commits;
    private final WalSnapshots wal;
    private final Recall recall;
    private final String owner;
    private final SegmentsProperties properties;
    private final CutLimits limits;
    private final CutLimits atOnce;
    private final InstantSource clock;
    private final SegmentsMetrics metrics;
    private final OwnedPartitions partitions = new OwnedPartitions();
    private Instant asksAgain = Instant.MIN;
    private volatile boolean hurried;

    /** @param owner who we are, for those who look into the catalog */
    public Lookout(
            Ownership ownership,
            ProcessedCommits commits,
            WalSnapshots wal,
            Recall recall,
            String owner,
            SegmentsProperties properties,
            InstantSource clock,
            SegmentsMetrics metrics) {
        this.ownership = ownership;
        this.commits = commits;
        this.wal = wal;
        this.recall = recall;
        this.owner = owner;
        this.properties = properties;
        this.limits = new CutLimits(properties.cutAfter(), properties.cutBytes().toBytes());
        this.atOnce = new CutLimits(Duration.ZERO, limits.bytes());
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Empty where nothing is due. Never an error: a catalog that is away is asked again. */
    public Mono<Cut> look() {
        return Mono.defer(() -> {
            boolean now = hurried;
            hurried = false;
            return refresh(now)
                    .onErrorResume(this::toldOnly)
                    .then(Mono.fromSupplier(() -> plan(now ? atOnce : limits)))
                    .flatMap(Mono::justOrEmpty);
        });
    }

    /** The next look asks the catalog, and all that waits is due in it. Any thread. */
    public void hurry() {
        hurried = true;
    }

    private Mono<Void> refresh(boolean now) {
        var tasks = ownership.tasks();
        partitions.follow(tasks);
        boolean woken = takeWoken(tasks);
        return claim().then(Mono.defer(() -> now || woken || isTime() ? fetch() : Mono.empty()));
    }

    /** Every flag is taken, so that each event is answered by one look. */
    private static boolean takeWoken(List<Task> tasks) {
        return tasks.stream().filter(Task::takeWoken).count() > 0;
    }

    private boolean isTime() {
        return !clock.instant().isBefore(asksAgain)
                || partitions.claimed().stream().anyMatch(partition -> partition.waits() || partition.behind());
    }

    private Mono<Void> claim() {
        var wanted = partitions.toBeClaimed(clock.instant());
        if (wanted.isEmpty()) {
            return Mono.empty();
        }
        var numbers = wanted.stream().map(OwnedPartition::partition).toList();
        return commits.claim(numbers, owner)
                .flatMapMany(positions -> Flux.fromIterable(wanted)
                        .concatMap(partition -> claimed(partition, positions.get(partition.partition()))))
                .then();
    }

    private Mono<Void> claimed(OwnedPartition partition, @Nullable ProcessedPosition position) {
        if (position == null) {
            return Mono.empty();
        }
        var segments = partition.known().map(Mono::just).orElseGet(() -> recall.of(partition.partition()));
        return segments.doOnNext(known -> {
                    partition.claimed(position, known);
                    LOG.info(
                            "partition {} (epoch {}) is processed from {}:{} on",
                            position.partition(),
                            position.epoch(),
                            position.offset().incarnation(),
                            position.offset().offset());
                })
                .then();
    }

    /** Positions first: sections that come in between are only found sooner. */
    private Mono<Void> fetch() {
        var claimed = partitions.claimed();
        if (claimed.isEmpty()) {
            return Mono.empty();
        }
        return wal.positions()
                .doOnNext(positions -> claimed.forEach(partition -> compare(partition, positions)))
                .thenMany(Flux.defer(() ->
                        Flux.fromIterable(claimed).filter(this::wantsMore).flatMap(this::fetch, QUESTIONS_IN_FLIGHT)))
                .then(Mono.fromRunnable(() -> asksAgain = clock.instant().plus(properties.idleEvery())));
    }

    private static void compare(OwnedPartition partition, Map<Integer, WalPosition> positions) {
        var position = positions.get(partition.partition());
        if (position != null) {
            partition.wal(position);
        }
    }

    /** Not where more is known than one cut takes. */
    private boolean wantsMore(OwnedPartition partition) {
        return partition.behind() && (!partition.waits() || partition.waiting().bytes() < limits.bytes());
    }

    private Mono<Void> fetch(OwnedPartition partition) {
        return commits.sectionsAfter(partition.partition(), partition.backlog().known(), RANGES_A_LOOK)
                .doOnNext(pending -> partition.found(pending, clock.instant()))
                .then();
    }

    private Optional<Cut> plan(CutLimits when) {
        var now = clock.instant();
        metrics.lag(partitions.claimed().stream()
                .map(partition -> partition.lag(now))
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b));
        metrics.owned(partitions.claimed().size());
        var waiting = partitions.those(partition -> partition.waits() && !partition.rests(now)).stream()
                .map(OwnedPartition::waiting)
                .toList();
        var stretches = CutPlanner.plan(waiting, when, now).stream()
                .flatMap(number -> partitions.get(number).stream())
                .map(OwnedPartition::planned)
                .toList();
        return stretches.isEmpty() ? Optional.empty() : Optional.of(new Cut(stretches));
    }

    private Mono<Void> toldOnly(Throwable fault) {
        metrics.lookFailed();
        LOG.warn("The catalog could not be looked at, it is asked again: {}", fault.toString());
        return Mono.empty();
    }

    /** Before the next look. */
    public void settle(CutOutcome outcome) {
        outcome.committed().forEach(this::committed);
        outcome.refused().forEach(this::lost);
        outcome.failed().forEach(this::failed);
    }

    private void committed(CommittedStretch stretch) {
        partitions.under(stretch.claim()).ifPresent(partition -> {
            partition.committed(stretch.next(), stretch.writes(), stretch.bytes());
            partition.known().ifPresent(known -> known.remember(stretch.placing()));
        });
        metrics.stuck(stretch.claim().partition(), false);
    }

    /** Claimed anew after a while, and its position with it. */
    private void lost(Claim claim) {
        claim.lose();
        partitions.under(claim).ifPresent(partition -> partition.lost(properties.reclaimAfter(), clock.instant()));
    }

    /** Tried again after a while, and by itself. */
    private void failed(Claim claim) {
        partitions.under(claim).ifPresent(partition -> {
            partition.failed(properties.retryAfter(), clock.instant());
            metrics.stuck(claim.partition(), partition.failures() > 1);
        });
    }

    /** Ends all claims: nothing of what is under way is committed any more, and a next look claims anew. */
    public void abandon() {
        partitions.those(_ -> true).forEach(OwnedPartition::lose);
    }
}

package io.spanlake.compactor;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.ObjectOwner;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionLease;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Erasure;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.compactor.job.CarriedDeaths;
import io.spanlake.compactor.job.IndexTailJob;
import io.spanlake.compactor.job.Outputs;
import io.spanlake.compactor.job.RewriteJob;
import io.spanlake.compactor.job.Rewritten;
import io.spanlake.compactor.job.Target;
import io.spanlake.compactor.job.Turns;
import io.spanlake.compactor.job.Workbench;
import io.spanlake.compactor.plan.Job;
import io.spanlake.compactor.plan.JobPlanner;
import io.spanlake.compactor.publish.Publisher;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.container.FreshNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a tail into indexed parts: {@code lease → snapshot → plan → fold and write → swap → let go of the log}. Parts
 * are written anew beside it: what died in them meanwhile is carried over to what takes their place.
 *
 * <p>Leases only keep two compactors from doing the same work. What makes it safe is the swap: it counts only where nothing of
 * the object was published since the snapshot, all at once or not at all. What fails before it leaves at most blobs that
 * nothing names, which the sweeper removes. Blocks: each call is one thread's work; thread-safe.
 */
public final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private static final int REWRITE_TRIES = 10;

    private final CompactionWork work;
    private final ObjectSnapshots snapshots;
    private final Directory directory;
    private final Retentions retentions;
    private final Erasures erasures;
    private final Sweeps sweeps;
    private final Workbench bench;
    private final Publisher publisher;
    private final CompactorProperties properties;
    private final CompactorMetrics metrics;
    private final String owner;
    private final Turns turns = new Turns();
    private final GivingWay rewritesGiveWay;

    public Compactor(
            CompactionWork work,
            ObjectSnapshots snapshots,
            Directory directory,
            Retentions retentions,
            Erasures erasures,
            Sweeps sweeps,
            Workbench bench,
            Publisher publisher,
            CompactorProperties properties,
            CompactorMetrics metrics,
            String owner) {
        this.work = work;
        this.snapshots = snapshots;
        this.directory = directory;
        this.retentions = retentions;
        this.erasures = erasures;
        this.sweeps = sweeps;
        this.bench = bench;
        this.publisher = publisher;
        this.properties = properties;
        this.metrics = metrics;
        this.owner = owner;
        this.rewritesGiveWay = new GivingWay(bench.clock());
    }

    /** One job of whatever is due, tails first. Whether there was one. */
    public boolean compactOne() {
        return compactOne(CompactionLane.TAIL) || compactOne(CompactionLane.REWRITE);
    }

    /** Whether work of the lane should be begun now: parts wait while a tail is far behind. */
    boolean isTurnOf(CompactionLane lane) {
        return lane == CompactionLane.TAIL || rewritesGiveWay.isOver();
    }

    /** Takes the most urgent object of the lane and does one job of it. Whether there was one. */
    public boolean compactOne(CompactionLane lane) {
        return compactOne(lane, properties.terms());
    }

    /** As {@link #compactOne(CompactionLane)}, on terms that someone asked for. */
    boolean compactOne(CompactionLane lane, Terms terms) {
        var leases = Objects.requireNonNull(
                work.next(lane, owner, terms.due(), properties.lease(), 1).block());
        for (var lease : leases) {
            compact(lease, terms);
        }
        return !leases.isEmpty();
    }

    private void compact(CompactionLease lease, Terms terms) {
        var rest = properties.restAfterFault();
        try {
            bench.failpoints().reached(CompactionStep.LEASED);
            rest = metrics.timed(() -> work(lease, terms)) ? Duration.ZERO : terms.restWithoutWork();
        } catch (RuntimeException fault) {
            metrics.failed();
            LOG.error("{} could not be compacted, and rests for {}: {}", lease.object(), rest, fault.toString());
        }
        work.done(lease, rest).block();
    }

    /** One job. False where there was none, or another compactor was faster. */
    private boolean work(CompactionLease lease, Terms terms) {
        return switch (lease.reason().lane()) {
            case TAIL -> turns.take(lease.object(), () -> indexTail(lease, terms));
            case REWRITE -> rewrite(lease, terms);
        };
    }

    private boolean indexTail(CompactionLease lease, Terms terms) {
        var target = target(lease).with(asked(lease.object()));
        var job = plan(lease, target, terms);
        if (job.isEmpty()) {
            return false;
        }
        rewritesGiveWay.tailTaken(target.object(), leavesSome(job.get(), target));
        var outputs = run(job.get(), target);
        boolean counts = outputs.isNothing()
                || isPublished(job.get(), outputs, target.object(), publisher.publish(target, outputs));
        if (counts) {
            fulfil(job.get(), target.object());
        }
        return counts;
    }

    private static boolean leavesSome(Job job, Target target) {
        return job instanceof Job.IndexTail tail
                && tail.sections().size() < target.snapshot().sections().size();
    }

    /** Rows of other types go by a delete. */
    private List<Erasure> asked(ObjectRef object) {
        return object.type().keepsVersions()
                ? Objects.requireNonNull(erasures.open(object).block())
                : List.of();
    }

    private void fulfil(Job job, ObjectRef object) {
        if (job instanceof Job.IndexTail tail && !tail.fulfilled().isEmpty()) {
            erasures.done(tail.fulfilled()).block();
            LOG.info("{} rows of {} are forgotten", tail.fulfilled().size(), object);
        }
    }

    private boolean rewrite(CompactionLease lease, Terms terms) {
        var begun = bench.clock().instant();
        var target = target(lease);
        var job = plan(lease, target, terms);
        if (job.isEmpty()) {
            return false;
        }
        var inputs = Rewritten.deadRows(bench, job.get().parts());
        var rewritten = new Rewritten(begun, target, inputs, run(job.get(), target));
        return turns.take(lease.object(), () -> publishRewritten(lease, job.get(), rewritten));
    }

    /** Another process may publish the object's tail between the look and the swap: then again. */
    private boolean publishRewritten(CompactionLease lease, Job job, Rewritten rewritten) {
        var deaths = new CarriedDeaths(bench, properties.eraseAfter());
        for (int tries = 0; tries < REWRITE_TRIES; tries++) {
            var now = target(lease);
            var outputs = deaths.on(now, rewritten);
            if (outputs.isEmpty()) {
                break;
            }
            bench.failpoints().reached(CompactionStep.TAIL_STORED);
            var outcome = publisher.publish(now, outputs.get());
            if (outcome instanceof SwapOutcome.Published) {
                return isPublished(job, outputs.get(), lease.object(), outcome);
            }
        }
        return isOutdated(lease.object());
    }

    private Optional<Job> plan(CompactionLease lease, Target target, Terms terms) {
        var job = JobPlanner.next(target.snapshot(), lease.reason(), terms.plan(), target.expired(), target.asked());
        job.ifPresent(_ -> bench.failpoints().reached(CompactionStep.PLANNED));
        return job;
    }

    private boolean isPublished(Job job, Outputs outputs, ObjectRef object, SwapOutcome outcome) {
        return switch (outcome) {
            case SwapOutcome.Published(var version) -> {
                bench.failpoints().reached(CompactionStep.PUBLISHED);
                metrics.published(job, outputs);
                sweeps.retireLog(object).block();
                bench.failpoints().reached(CompactionStep.LOG_RETIRED);
                LOG.debug("{} is at version {}", object, version);
                yield true;
            }
            case SwapOutcome.Outdated _ -> isOutdated(object);
        };
    }

    private boolean isOutdated(ObjectRef object) {
        metrics.outdated();
        LOG.info("{} was published by another meanwhile", object);
        return false;
    }

    private Target target(CompactionLease lease) {
        var snapshot = Objects.requireNonNull(
                snapshots.snapshot(lease.object(), KnownObject.NOTHING).block());
        var project = Objects.requireNonNull(directory.ownerOf(lease.object()).block())
                .map(ObjectOwner::project)
                .orElseThrow(() -> new IllegalStateException(lease.object() + " belongs to no project"));
        // Where versions are kept, only what is erased goes.
        var keep = lease.object().type().keepsVersions()
                ? Optional.<Duration>empty()
                : Objects.requireNonNull(retentions.of(project).block());
        var expired = keep.map(
                time -> TransactionId.of(bench.clock().instant().minus(time).getEpochSecond(), 0));
        return new Target(lease.organization(), project, snapshot, expired, List.of());
    }

    private Outputs run(Job job, Target target) {
        var scratch = bench.scratch().resolve(FreshNames.ulid(bench.clock().instant(), bench.random()));
        try {
            return switch (job) {
                case Job.IndexTail tail -> indexed(tail, target).run(scratch);
                case Job.RewriteParts rewrite -> new RewriteJob(bench, target, rewrite.parts()).run(scratch);
                case Job.ExpireParts(var parts) -> expired(parts);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            removed(scratch);
        }
    }

    private IndexTailJob indexed(Job.IndexTail tail, Target target) {
        var forgotten = tail.forgotten().stream().map(Erasure::rowId).collect(Collectors.toUnmodifiableSet());
        return new IndexTailJob(bench, target, tail.sections(), forgotten, properties.eraseAfter());
    }

    private static Outputs expired(List<LivePart> parts) {
        long sum = parts.stream().mapToLong(LivePart::liveStampSum).sum();
        Set<Long> ids = parts.stream().map(LivePart::id).collect(Collectors.toUnmodifiableSet());
        return new Outputs(Set.of(), ids, List.of(), List.of(), List.of(), new Balance(sum, 0, 0, sum), List.of());
    }

    private static void removed(Path scratch) {
        if (!Files.exists(scratch)) {
            return;
        }
        try (var files = Files.walk(scratch)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", scratch, e.toString());
        }
    }
}

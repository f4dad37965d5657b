package io.spanlake.compactor;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.ObjectOwner;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.work.CompactionLease;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.compactor.job.IndexTailJob;
import io.spanlake.compactor.job.Outputs;
import io.spanlake.compactor.job.RewriteJob;
import io.spanlake.compactor.job.Target;
import io.spanlake.compactor.job.Workbench;
import io.spanlake.compactor.plan.Job;
import io.spanlake.compactor.plan.JobPlanner;
import io.spanlake.compactor.publish.Publisher;
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
 * The way of a tail into indexed parts: {@code lease → snapshot → plan → fold and write → swap → let go of the log}.
 *
 * <p>Leases only keep two compactors from doing the same work. What makes it safe is the swap: it counts only where nothing of
 * the object was published since the snapshot, all at once or not at all. What fails before it leaves at most blobs that
 * nothing names, which the sweeper removes. Blocks: each call is one thread's work; thread-safe.
 */
public final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final CompactionWork work;
    private final ObjectSnapshots snapshots;
    private final Directory directory;
    private final Retentions retentions;
    private final Sweeps sweeps;
    private final Workbench bench;
    private final Publisher publisher;
    private final CompactorProperties properties;
    private final CompactorMetrics metrics;
    private final String owner;

    public Compactor(
            CompactionWork work,
            ObjectSnapshots snapshots,
            Directory directory,
            Retentions retentions,
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
        this.sweeps = sweeps;
        this.bench = bench;
        this.publisher = publisher;
        this.properties = properties;
        this.metrics = metrics;
        this.owner = owner;
    }

    /** Takes the most urgent object and does one job of it. Whether there was one. */
    public boolean compactOne() {
        return compactOne(properties.terms());
    }

    /** As {@link #compactOne()}, on terms that someone asked for. */
    boolean compactOne(Terms terms) {
        var leases = Objects.requireNonNull(
                work.next(owner, terms.due(), properties.lease(), 1).block());
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
        var target = target(lease);
        var job = JobPlanner.next(target.snapshot(), lease.reason(), terms.plan(), target.expired());
        if (job.isEmpty()) {
            return false;
        }
        bench.failpoints().reached(CompactionStep.PLANNED);
        var outputs = run(job.get(), target);
        return switch (publisher.publish(target, outputs)) {
            case SwapOutcome.Published(var version) -> {
                bench.failpoints().reached(CompactionStep.PUBLISHED);
                metrics.published(job.get(), outputs);
                sweeps.retireLog(lease.object()).block();
                bench.failpoints().reached(CompactionStep.LOG_RETIRED);
                LOG.debug("{} is at version {}", lease.object(), version);
                yield true;
            }
            case SwapOutcome.Outdated(var version) -> {
                metrics.outdated();
                LOG.info("{} was published by another meanwhile, as version {}", lease.object(), version);
                yield false;
            }
        };
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
        return new Target(lease.organization(), project, snapshot, expired);
    }

    private Outputs run(Job job, Target target) {
        var scratch = bench.scratch().resolve(FreshNames.ulid(bench.clock().instant(), bench.random()));
        try {
            return switch (job) {
                case Job.IndexTail(var sections) ->
                    new IndexTailJob(bench, target, sections, properties.eraseAfter()).run(scratch);
                case Job.RewriteParts(var parts, var cause) ->
                    new RewriteJob(bench, target, parts, cause == Job.Cause.ERASE).run(scratch);
                case Job.ExpireParts(var parts) -> expired(parts);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            removed(scratch);
        }
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

package io.spanlake.compactor.sweep;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.compactor.CompactorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Deletes blobs that count no more, and blobs that never came to count. The catalog decides which: a retired blob after its
 * grace, an orphan only after its name was given up there, so that a commit which comes later fails. Who dies in between is
 * followed by another who does it again. Blocks; thread-safe.
 */
public final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 256;

    /** Where commits put blobs. What else lies in the store, uploads and unreadable records, has rules of its own. */
    private static final List<String> SWEPT = List.of("/wal/", "/processed/", "/parts/", "/checkpoints/", "/receipts/");

    /** A look lists the whole store. */
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Sweeps sweeps;
    private final BlobStore blobs;
    private final SetBack setBack;
    private final Duration grace;
    private final Duration orphanAge;
    private final InstantSource clock;
    private final CompactorMetrics metrics;
    private final Consumer<SweepStep> failpoints;
    private boolean sound;
    private volatile Instant lookAgainAt = Instant.MIN;

    /**
     * @param orphanAge  longer than any job or flush takes from its first put to its commit
     * @param failpoints what a test lets happen between two steps
     */
    public Sweeper(
            Sweeps sweeps,
            BlobStore blobs,
            Duration grace,
            Duration orphanAge,
            InstantSource clock,
            CompactorMetrics metrics,
            Consumer<SweepStep> failpoints) {
        this.sweeps = sweeps;
        this.blobs = blobs;
        this.setBack = new SetBack(sweeps, blobs);
        this.grace = grace;
        this.orphanAge = orphanAge;
        this.clock = clock;
        this.metrics = metrics;
        this.failpoints = failpoints;
    }

    /**
     * Before any work: over a catalog that was set back swaps would go on from its old version until they came by the
     * checkpoint that tells of it, and then the newest parts would go as orphans. It is looked at until it was sound once.
     *
     * @throws IllegalStateException where the catalog is older than the blobs
     */
    public synchronized void mustNotBeSetBack() {
        if (sound) {
            return;
        }
        if (clock.instant().isBefore(lookAgainAt) || isSetBack()) {
            throw new IllegalStateException("the catalog is older than the blobs: nothing is merged or deleted");
        }
        sound = true;
    }

    private boolean isSetBack() {
        var ahead = setBack.find();
        metrics.setBack(ahead.isPresent());
        ahead.ifPresent(checkpoint -> {
            lookAgainAt = clock.instant().plus(LOOK_EVERY);
            LOG.error(
                    "the catalog is older than the blobs: it does not know {}. Nothing is merged, no orphans are deleted;"
                            + " stop everything and make the catalog again from the blobs (rebuild --discard)",
                    checkpoint);
        });
        return ahead.isPresent();
    }

    /** Deletes what was retired before the grace. How many blobs. */
    public int sweepRetired() {
        int swept = 0;
        for (var due = due(); !due.isEmpty(); due = due()) {
            var names = due.stream().map(RetiredBlob::name).toList();
            delete(names);
            failpoints.accept(SweepStep.DELETED);
            sweeps.swept(names).block();
            swept += names.size();
        }
        metrics.swept(swept);
        return swept;
    }

    private List<RetiredBlob> due() {
        return Objects.requireNonNull(sweeps.due(grace, BATCH).block());
    }

    /**
     * Walks the whole store for blobs that nothing names. How many were deleted: none where the catalog was set back, to
     * which all that is newer is an orphan, though it may be all that is left of what was acknowledged.
     */
    public int sweepOrphans() {
        if (isSetBack()) {
            return 0;
        }
        var oldEnough = clock.instant().minus(orphanAge);
        var deleted = blobs.list("orgs/")
                .filter(blob -> isOfCommits(blob) && blob.createdAt().isBefore(oldEnough))
                .map(blob -> blob.name().value())
                .buffer(BATCH)
                .concatMap(this::giveUp, 1)
                .reduce(0, Integer::sum)
                .block();
        int orphans = Objects.requireNonNull(deleted);
        if (orphans > 0) {
            metrics.orphans(orphans);
            LOG.info("{} blobs were deleted that nothing names", orphans);
        }
        return orphans;
    }

    private Mono<Integer> giveUp(List<String> names) {
        return sweeps.doom(names)
                .doOnNext(_ -> failpoints.accept(SweepStep.DOOMED))
                .flatMap(doomed -> blobs.delete(
                                doomed.stream().map(BlobName::new).toList())
                        .thenReturn(doomed.size()));
    }

    private static boolean isOfCommits(BlobEntry blob) {
        return SWEPT.stream().anyMatch(blob.name().value()::contains);
    }

    private void delete(Collection<String> names) {
        blobs.delete(names.stream().map(BlobName::new).toList()).block();
    }
}

package io.spanlake.segments.store;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Backoff;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.model.OrganizationId;
import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.SegmentsProperties;
import io.spanlake.segments.SegmentsSchedulers;
import io.spanlake.segments.fold.FoldedCut;
import io.spanlake.segments.fold.FoldedStretch;
import io.spanlake.segments.fold.SegmentRows;
import io.spanlake.storage.processed.EncodedProcessedBlob;
import io.spanlake.storage.processed.ProcessedBlobNames;
import io.spanlake.storage.processed.ProcessedBlobWriter;
import io.spanlake.storage.processed.ProcessedEncoding;
import io.spanlake.storage.processed.ProcessedSectionSummary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * Makes a cut durable: one processed blob per organization, each under a name that was never used. A put that failed may
 * have taken place, so it is repeated under another name; what is left over nothing names, and the sweeper removes it.
 */
public final class CutStore {
    private static final Logger LOG = LoggerFactory.getLogger(CutStore.class);
    private static final int PUTS_IN_FLIGHT = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final BlobStore blobs;
    private final SegmentsProperties properties;
    private final SegmentsSchedulers schedulers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SegmentsMetrics metrics;

    /** @param random thread-safe */
    public CutStore(
            BlobStore blobs,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            InstantSource clock,
            RandomGenerator random,
            SegmentsMetrics metrics) {
        this.blobs = blobs;
        this.properties = properties;
        this.schedulers = schedulers;
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
    }

    /** Synchronous CPU work. Never fails: what cannot be encoded is made anew later. */
    public EncodedCut encode(FoldedCut cut) {
        try {
            return encodeNow(cut);
        } catch (IllegalArgumentException | IllegalStateException fault) {
            LOG.error("A cut could not be encoded and is made anew later", fault);
            return new EncodedCut(
                    List.of(),
                    List.of(),
                    withClaims(cut.failed(), cut.stretches().stream().map(FoldedStretch::summary)));
        }
    }

    private EncodedCut encodeNow(FoldedCut cut) {
        var began = clock.instant();
        var organizations = new TreeSet<OrganizationId>();
        cut.stretches()
                .forEach(stretch -> organizations.addAll(stretch.segments().keySet()));
        var encoded = organizations.stream()
                .map(organization -> new EncodedCut.EncodedBlob(organization, encode(organization, cut)))
                .toList();
        metrics.encoded(
                Duration.between(began, clock.instant()),
                encoded.stream()
                        .mapToLong(blob -> blob.content().sections().size())
                        .sum());
        var summaries = cut.stretches().stream().map(FoldedStretch::summary).toList();
        return new EncodedCut(summaries, encoded, cut.failed());
    }

    private static EncodedProcessedBlob encode(OrganizationId organization, FoldedCut cut) {
        try (var writer = new ProcessedBlobWriter(organization, ProcessedEncoding.DEFAULT)) {
            for (var stretch : cut.stretches()) {
                stretch.segments()
                        .getOrDefault(organization, List.of())
                        .forEach(segment -> add(segment, stretch, writer));
            }
            return writer.finish();
        }
    }

    private static void add(SegmentRows segment, FoldedStretch stretch, ProcessedBlobWriter writer) {
        var read = stretch.summary().read();
        writer.segment(
                segment.segment(),
                segment.object(),
                read.claim().partition(),
                read.incarnation(),
                read.first(),
                read.next());
        segment.rows().forEach(row -> writer.add(row, row.traceId()));
    }

    /** Never an error: where the store stays away the cut is dropped, and made anew later. */
    public Mono<StoredCut> put(EncodedCut encoded) {
        var began = clock.instant();
        return Flux.fromIterable(encoded.blobs())
                .flatMapSequential(this::putOne, PUTS_IN_FLIGHT)
                .collectList()
                .map(objects -> new StoredCut(encoded.stretches(), objects, encoded.failed()))
                .timeout(properties.giveUpAfter(), schedulers.timer())
                .doOnNext(_ -> metrics.put(Duration.between(began, clock.instant())))
                .onErrorResume(fault -> Mono.fromSupplier(() -> givenUp(encoded, fault)));
    }

    private static StoredCut givenUp(EncodedCut encoded, Throwable fault) {
        LOG.error("A cut could not be stored and is made anew later", fault);
        return new StoredCut(List.of(), List.of(), withClaims(encoded.failed(), encoded.stretches().stream()));
    }

    private static List<Claim> withClaims(List<Claim> failed, Stream<FoldedStretch.Summary> stretches) {
        return Stream.concat(
                        failed.stream(), stretches.map(stretch -> stretch.read().claim()))
                .toList();
    }

    private Mono<ProcessedObject> putOne(EncodedCut.EncodedBlob blob) {
        return Mono.defer(() -> putUnderFreshName(blob)).retryWhen(again());
    }

    private Mono<ProcessedObject> putUnderFreshName(EncodedCut.EncodedBlob blob) {
        var name = ProcessedBlobNames.fresh(blob.organization(), clock.instant(), random);
        var content = blob.content();
        var stored = new ProcessedObject(
                name.value(),
                blob.organization(),
                content.bytes(),
                content.footerOffset(),
                content.sections().stream().map(CutStore::section).toList());
        return blobs.putIfAbsent(name, content.parts()).thenReturn(stored).doOnNext(_ -> metrics.blob(content.bytes()));
    }

    private static ProcessedSection section(ProcessedSectionSummary summary) {
        return new ProcessedSection(
                summary.segment(),
                summary.object(),
                summary.partition(),
                summary.incarnation(),
                summary.first(),
                summary.next(),
                summary.rows(),
                summary.rawBytes(),
                summary.length(),
                summary.stampSum(),
                summary.minStamp(),
                summary.maxStamp());
    }

    private Retry again() {
        return Backoff.endless(FIRST_WAIT, LONGEST_WAIT).retry(schedulers.timer(), random, _ -> true, this::retried);
    }

    private void retried(RetrySignal signal) {
        metrics.putRetried();
        LOG.warn(
                "The put of a processed blob failed {} times, it is repeated: {}",
                signal.totalRetries() + 1,
                signal.failure().toString());
    }
}

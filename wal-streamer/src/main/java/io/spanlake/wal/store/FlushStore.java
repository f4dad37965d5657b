package io.spanlake.wal.store;

import io.spanlake.blobstore.BlobExistsException;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.storage.wal.WalSectionSummary;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.WalSchedulers;
import io.spanlake.wal.collect.Flush;
import io.spanlake.wal.collect.OrganizationWrites;
import io.spanlake.wal.collect.UnreadableRecord;
import io.spanlake.wal.store.EncodedFlush.EncodedObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * Makes a flush durable: one WAL object per organization, each under a name that was never used. A put that failed may
 * have taken place, so it is repeated under another name; what is left over nothing names, and the sweeper removes it. A
 * flush that cannot be stored loses its claims and goes on without objects, so that nothing later of its partitions is
 * committed before they are read anew.
 */
public final class FlushStore {
    private static final Logger LOG = LoggerFactory.getLogger(FlushStore.class);
    private static final int PUTS_PER_FLUSH = 16;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final BlobStore blobs;
    private final WalProperties properties;
    private final WalSchedulers schedulers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final WalMetrics metrics;

    /** @param random thread-safe */
    public FlushStore(
            BlobStore blobs,
            WalProperties properties,
            WalSchedulers schedulers,
            InstantSource clock,
            RandomGenerator random,
            WalMetrics metrics) {
        this.blobs = blobs;
        this.properties = properties;
        this.schedulers = schedulers;
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
    }

    /** zstd is CPU work: it has its own threads, so that the event loops keep reading. */
    public Mono<EncodedFlush> encode(Flush flush) {
        return Mono.fromCallable(() -> encodeNow(flush))
                .subscribeOn(schedulers.encode())
                .onErrorResume(e -> giveUp(flush, "encoded", e).thenReturn(new EncodedFlush(flush, List.of())));
    }

    public Mono<StoredFlush> put(EncodedFlush encoded) {
        var flush = encoded.flush();
        if (!flush.held()) {
            return Mono.just(new StoredFlush(flush, List.of()));
        }
        var began = clock.instant();
        var unreadable = Flux.fromIterable(flush.unreadable()).concatMap(this::keepAside);
        var objects = Flux.fromIterable(encoded.objects()).flatMapSequential(this::putOne, PUTS_PER_FLUSH);
        return unreadable
                .thenMany(objects)
                .collectList()
                .map(stored -> new StoredFlush(flush, stored))
                .timeout(properties.giveUpAfter(), schedulers.timer())
                .doOnNext(_ -> metrics.put(Duration.between(began, clock.instant())))
                .onErrorResume(e -> giveUp(flush, "stored", e).thenReturn(new StoredFlush(flush, List.of())));
    }

    private EncodedFlush encodeNow(Flush flush) {
        var began = clock.instant();
        var objects = flush.organizations().stream().map(FlushStore::encodeOne).toList();
        metrics.encoded(Duration.between(began, clock.instant()), writeCount(objects));
        objects.forEach(object -> metrics.object(object.content().bytes()));
        return new EncodedFlush(flush, objects);
    }

    private static EncodedObject encodeOne(OrganizationWrites writes) {
        return new EncodedObject(
                writes.organization(),
                WalObjectWriter.encode(writes.organization(), writes.sections(), WalEncoding.DEFAULT));
    }

    private static long writeCount(List<EncodedObject> objects) {
        return objects.stream()
                .flatMap(object -> object.content().sections().stream())
                .mapToLong(WalSectionSummary::writes)
                .sum();
    }

    private Mono<WalObject> putOne(EncodedObject object) {
        return Mono.defer(() -> putUnderFreshName(object)).retryWhen(again("a WAL object"));
    }

    private Mono<WalObject> putUnderFreshName(EncodedObject object) {
        var name = WalBlobNames.fresh(object.organization(), clock.instant(), random);
        var content = object.content();
        var stored = new WalObject(
                name.value(),
                object.organization(),
                content.bytes(),
                content.footerOffset(),
                content.sections().stream().map(FlushStore::section).toList());
        return blobs.putIfAbsent(name, content.parts()).thenReturn(stored);
    }

    private static WalSection section(WalSectionSummary summary) {
        return new WalSection(summary.partition(), summary.writes(), summary.stampSum(), summary.objects());
    }

    /** Its name says where it lay, so the same record read twice is one blob. */
    private Mono<Void> keepAside(UnreadableRecord record) {
        var claim = record.claim();
        var name = new BlobName(
                "orgs/_unreadable/wal/%d/%d-%020d".formatted(claim.partition(), claim.incarnation(), record.offset()));
        return Mono.defer(() -> blobs.putIfAbsent(name, List.<ByteSlice>of(record.value())))
                .onErrorComplete(BlobExistsException.class)
                .retryWhen(again("an unreadable record"));
    }

    private Retry again(String what) {
        return Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                .maxBackoff(LONGEST_WAIT)
                .scheduler(schedulers.timer())
                .doBeforeRetry(signal -> retried(what, signal));
    }

    private void retried(String what, RetrySignal signal) {
        metrics.putRetried();
        LOG.warn(
                "The put of {} failed {} times, it is repeated: {}",
                what,
                signal.totalRetries() + 1,
                signal.failure().toString());
    }

    private static Mono<Void> giveUp(Flush flush, String what, Throwable cause) {
        LOG.error("A flush could not be {}: its partitions are read anew. {}", what, flush.ranges(), cause);
        return Mono.fromRunnable(flush::lose);
    }
}

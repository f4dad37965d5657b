package io.spanlake.wal.store;

import io.spanlake.blobstore.BlobExistsException;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Backoff;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalSectionSummary;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.WalSchedulers;
import io.spanlake.wal.collect.Flush;
import io.spanlake.wal.store.EncodedFlush.EncodedObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
    /** A put of some megabytes takes tenths of it. Doubled with each attempt, for a link may be that slow. */
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(3);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final BlobStore blobs;
    private final UnreadableBlobs unreadable;
    private final FlushEncoder encoder = FlushEncoder.ofWal();
    private final WalProperties properties;
    private final WalSchedulers schedulers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final WalMetrics metrics;

    /** @param random thread-safe */
    public FlushStore(
            BlobStore blobs,
            UnreadableBlobs unreadable,
            WalProperties properties,
            WalSchedulers schedulers,
            InstantSource clock,
            RandomGenerator random,
            WalMetrics metrics) {
        this.blobs = blobs;
        this.unreadable = unreadable;
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
                .onErrorResume(
                        e -> giveUp(flush, "encoded", e).thenReturn(new EncodedFlush(flush, List.of(), List.of())));
    }

    public Mono<StoredFlush> put(EncodedFlush encoded) {
        var flush = encoded.flush();
        if (!flush.held()) {
            return Mono.just(new StoredFlush(flush, List.of()));
        }
        var began = clock.instant();
        var objects = Flux.fromIterable(encoded.objects()).flatMapSequential(this::putOne, PUTS_PER_FLUSH);
        return keepAside(encoded.aside())
                .thenMany(objects)
                .collectList()
                .map(stored -> new StoredFlush(flush, stored))
                .timeout(properties.giveUpAfter(), schedulers.timer())
                .doOnNext(_ -> metrics.put(Duration.between(began, clock.instant())))
                .onErrorResume(e -> giveUp(flush, "stored", e).thenReturn(new StoredFlush(flush, List.of())));
    }

    private EncodedFlush encodeNow(Flush flush) {
        var began = clock.instant();
        var encoded = encoder.encode(flush);
        metrics.encoded(Duration.between(began, clock.instant()), writeCount(encoded.objects()));
        encoded.objects().forEach(object -> metrics.object(object.content().bytes()));
        return encoded;
    }

    private static long writeCount(List<EncodedObject> objects) {
        return objects.stream()
                .flatMap(object -> object.content().sections().stream())
                .mapToLong(WalSectionSummary::writes)
                .sum();
    }

    private Mono<WalObject> putOne(EncodedObject object) {
        return repeated("a WAL object", () -> putUnderFreshName(object));
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

    /** Told before the flush is committed: what is passed over in the log is known to somebody. */
    private Mono<Void> keepAside(List<KeptAside> aside) {
        return Flux.fromIterable(aside)
                .concatMap(this::keepAside)
                .then(repeated(
                        "what is unreadable",
                        () -> unreadable.enter(
                                aside.stream().map(KeptAside::blob).toList())));
    }

    private Mono<Void> keepAside(KeptAside one) {
        var name = new BlobName(one.blob().name());
        return repeated(
                "an unreadable record",
                () -> blobs.putIfAbsent(name, List.of(one.content())).onErrorComplete(BlobExistsException.class));
    }

    /** A store that does not answer is asked again as one that refuses: others wait behind it. */
    private <T> Mono<T> repeated(String what, Supplier<Mono<T>> attempt) {
        return Mono.defer(() -> {
            var attempts = new AtomicInteger();
            return Mono.defer(() -> attempt.get().timeout(patience(attempts.getAndIncrement()), schedulers.timer()))
                    .retryWhen(again(what));
        });
    }

    private Duration patience(int attempt) {
        var longest = properties.giveUpAfter();
        var patience = FIRST_ATTEMPT.multipliedBy(1L << Math.min(attempt, 16));
        return patience.compareTo(longest) < 0 ? patience : longest;
    }

    private Retry again(String what) {
        return Backoff.endless(FIRST_WAIT, LONGEST_WAIT)
                .retry(schedulers.timer(), random, _ -> true, signal -> retried(what, signal));
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

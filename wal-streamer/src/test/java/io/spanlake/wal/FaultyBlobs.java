package io.spanlake.wal;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store whose puts fail on demand: every second one before, every other after the blob is there. */
final class FaultyBlobs implements BlobStore {
    private final BlobStore store;
    private final AtomicInteger failures = new AtomicInteger();
    private final List<BlobName> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger hung = new AtomicInteger();
    private volatile Duration slowness = Duration.ZERO;

    FaultyBlobs(BlobStore store) {
        this.store = store;
    }

    void failNext(int puts) {
        failures.set(puts);
    }

    /** They are never answered. */
    void hangNext(int puts) {
        hung.set(puts);
    }

    void slow(Duration eachPut) {
        slowness = eachPut;
    }

    /** Names that were put or tried, in order. */
    List<BlobName> asked() {
        return asked;
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return Mono.defer(() -> put(name, store.putIfAbsent(name, parts))).delaySubscription(slowness);
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return Mono.defer(() -> put(name, store.putFileIfAbsent(name, file))).delaySubscription(slowness);
    }

    private Mono<Void> put(BlobName name, Mono<Void> put) {
        asked.add(name);
        if (hung.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            return Mono.never();
        }
        int left = failures.getAndUpdate(count -> Math.max(0, count - 1));
        if (left == 0) {
            return put;
        }
        var fault = Mono.<Void>error(new BlobStoreException("the store is away, says the test"));
        return left % 2 == 0 ? fault : put.then(fault);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return store.read(name, offset, length);
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return store.stat(name);
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return store.delete(names);
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return store.signUpload(name, validFor);
    }
}

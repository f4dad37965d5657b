package io.spanlake.wal;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.blobstore.ForwardingBlobStore;
import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A store whose puts fail on demand: every second one before, every other after the blob is there. */
final class FaultyBlobs extends ForwardingBlobStore {
    private final AtomicInteger failures = new AtomicInteger();
    private final List<BlobName> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger hung = new AtomicInteger();
    private volatile Duration slowness = Duration.ZERO;

    FaultyBlobs(BlobStore store) {
        super(store);
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
}

package io.spanlake.query;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store that counts what it is asked, and whose answers a test may delay or damage. */
public final class WatchedStore implements BlobStore {
    public final AtomicInteger reads = new AtomicInteger();
    public final AtomicInteger cancelled = new AtomicInteger();
    public volatile UnaryOperator<Mono<ByteSlice>> onRead = UnaryOperator.identity();
    private final BlobStore store;

    WatchedStore(BlobStore store) {
        this.store = store;
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return store.putIfAbsent(name, parts);
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return store.putFileIfAbsent(name, file);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.defer(() -> {
            reads.incrementAndGet();
            return onRead.apply(store.read(name, offset, length)).doOnCancel(cancelled::incrementAndGet);
        });
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

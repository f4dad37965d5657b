package io.spanlake.storage.container;

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
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store that remembers what was read of it. */
public final class CountingBlobStore implements BlobStore {
    public record Read(long offset, int length) {}

    public final List<Read> reads = new CopyOnWriteArrayList<>();
    private final BlobStore store;

    public CountingBlobStore(BlobStore store) {
        this.store = store;
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.defer(() -> {
            reads.add(new Read(offset, length));
            return store.read(name, offset, length);
        });
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
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return store.readUpTo(name, offset, bytesMax);
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

package io.spanlake.compactor;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store that counts the ranges that are read of each blob. */
final class CountingBlobs implements BlobStore {
    private final BlobStore store;
    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    CountingBlobs(BlobStore store) {
        this.store = store;
    }

    /** How many of each blob since the last question. */
    Map<String, Integer> taken() {
        var taken = Map.copyOf(reads);
        reads.clear();
        return taken;
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.defer(() -> {
            reads.merge(name.value(), 1, Integer::sum);
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

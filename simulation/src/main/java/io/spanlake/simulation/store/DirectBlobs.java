package io.spanlake.simulation.store;

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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store for those who only look, from outside of the simulation: at once, and without faults. */
public final class DirectBlobs implements BlobStore {
    private final StoredBlobs stored;

    public DirectBlobs(StoredBlobs stored) {
        this.stored = stored;
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.fromCallable(() -> stored.bytes(name).slice((int) offset, length));
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return Mono.fromCallable(() -> stored.stat(name));
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return Flux.defer(() -> Flux.fromIterable(stored.list(prefix)));
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return onlyLooks();
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return onlyLooks();
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return onlyLooks();
    }

    private static Mono<Void> onlyLooks() {
        return Mono.error(new UnsupportedOperationException("whoever looks changes nothing"));
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return Mono.just(Optional.empty());
    }
}

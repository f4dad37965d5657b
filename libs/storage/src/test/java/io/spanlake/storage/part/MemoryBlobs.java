package io.spanlake.storage.part;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Blobs that are damaged ten thousand times and are not to wear out a disk; it remembers what was read. */
final class MemoryBlobs implements BlobStore {
    /** A ranged read. */
    record Read(BlobName name, long offset, int length) {}

    final List<Read> reads = new CopyOnWriteArrayList<>();
    private final Map<BlobName, ByteSlice> blobs;

    MemoryBlobs(Map<BlobName, ByteSlice> blobs) {
        this.blobs = Map.copyOf(blobs);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.fromCallable(() -> {
            reads.add(new Read(name, offset, length));
            var blob = blobs.getOrDefault(name, ByteSlice.of(new byte[0]));
            if (offset < 0 || offset + length > blob.length()) {
                throw new BlobStoreException("blob %s ends before %d".formatted(name, offset + length));
            }
            return blob.slice((int) offset, length);
        });
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return Flux.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return Mono.just(Optional.empty());
    }
}

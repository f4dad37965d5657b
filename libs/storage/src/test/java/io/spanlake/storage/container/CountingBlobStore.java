package io.spanlake.storage.container;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.ForwardingBlobStore;
import io.spanlake.model.ByteSlice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A store that remembers what was read of it. */
public final class CountingBlobStore extends ForwardingBlobStore {
    public record Read(long offset, int length) {}

    public final List<Read> reads = new CopyOnWriteArrayList<>();

    public CountingBlobStore(BlobStore store) {
        super(store);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.defer(() -> {
            reads.add(new Read(offset, length));
            return store.read(name, offset, length);
        });
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return store.readUpTo(name, offset, bytesMax);
    }
}

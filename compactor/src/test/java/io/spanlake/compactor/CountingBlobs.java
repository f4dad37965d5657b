package io.spanlake.compactor;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.ForwardingBlobStore;
import io.spanlake.model.ByteSlice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** A store that counts the ranges that are read of each blob. */
final class CountingBlobs extends ForwardingBlobStore {
    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    CountingBlobs(BlobStore store) {
        super(store);
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
}

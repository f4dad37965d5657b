package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Counts what goes to the store. */
final class CountedReads extends ForwardingBlobStore {
    private final AtomicInteger reads;

    CountedReads(BlobStore store, AtomicInteger reads) {
        super(store);
        this.reads = reads;
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return Mono.defer(() -> {
            reads.incrementAndGet();
            return store.readUpTo(name, offset, bytesMax);
        });
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        throw new AssertionError("the cache reads whole blocks");
    }
}

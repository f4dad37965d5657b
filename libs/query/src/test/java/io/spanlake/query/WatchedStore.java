package io.spanlake.query;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.ForwardingBlobStore;
import io.spanlake.model.ByteSlice;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A store that counts what it is asked, and whose answers a test may delay or damage. */
public final class WatchedStore extends ForwardingBlobStore {
    public final AtomicInteger reads = new AtomicInteger();
    public final AtomicInteger cancelled = new AtomicInteger();
    public volatile UnaryOperator<Mono<ByteSlice>> onRead = UnaryOperator.identity();

    WatchedStore(BlobStore store) {
        super(store);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.defer(() -> {
            reads.incrementAndGet();
            return onRead.apply(store.read(name, offset, length)).doOnCancel(cancelled::incrementAndGet);
        });
    }
}

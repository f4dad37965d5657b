package io.spanlake.blobstore;

import io.spanlake.blobstore.BlobReadWatch.Origin;
import io.spanlake.model.ByteSlice;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Timed;
import reactor.util.context.Context;

/**
 * Who is told of reads: the watch travels in the context of those who subscribe, so that a store answers many pieces of work
 * and tells each of its own.
 *
 * <p>Work that blocks on reads, as Lucene and ORC do, has no subscriber in between: there the watch is bound to the call.
 * Where several share one read, the one that began it is told.
 */
public final class BlobReads {
    private static final ScopedValue<BlobReadWatch> OF_CALL = ScopedValue.newInstance();

    private BlobReads() {}

    /** For {@code contextWrite}: all reads above are told to the watch. */
    public static UnaryOperator<Context> toldTo(BlobReadWatch watch) {
        return context -> context.put(BlobReadWatch.class, watch);
    }

    /** A call that waits for reads on its thread. */
    public static <T> Mono<T> blocking(Callable<T> call) {
        return Mono.deferContextual(context -> context.<BlobReadWatch>getOrEmpty(BlobReadWatch.class)
                .map(watch -> Mono.fromCallable(
                        () -> ScopedValue.where(OF_CALL, watch).call(call::call)))
                .orElseGet(() -> Mono.fromCallable(call)));
    }

    /** A read that a {@link #blocking} call is about to wait for. */
    public static <T> Mono<T> waitedFor(Mono<T> read) {
        return OF_CALL.isBound() ? read.contextWrite(toldTo(OF_CALL.get())) : read;
    }

    static Mono<ByteSlice> told(BlobName blob, Origin origin, Mono<ByteSlice> read) {
        return Mono.deferContextual(context -> context.<BlobReadWatch>getOrEmpty(BlobReadWatch.class)
                .map(watch -> read.timed()
                        .doOnNext(timed ->
                                watch.read(blob, origin, timed.get().length(), timed.elapsedSinceSubscription()))
                        .map(Timed::get))
                .orElse(read));
    }
}

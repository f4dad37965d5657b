package io.spanlake.query;

import io.spanlake.blobstore.BlobNotFoundException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A blob may go between the catalog's answer and the read that it was for. The next answer names what took its place; a blob
 * that it names too is lost. Damage stays what it is, so it is told at once.
 */
public final class PlannedAnew {
    private static final Retry ONCE = Retry.max(1)
            .filter(fault -> fault instanceof ReadRefusedException && fault.getCause() instanceof BlobNotFoundException)
            .onRetryExhaustedThrow((_, signal) -> signal.failure());

    private PlannedAnew() {}

    /** @param reading begins with a snapshot, each time that it is subscribed to */
    public static <T> Mono<T> once(Supplier<Mono<T>> reading) {
        return Mono.defer(reading).onErrorMap(OneFault::of).retryWhen(ONCE);
    }
}

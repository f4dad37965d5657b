package io.spanlake.gateway.receive;

import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** How long a client may be silent, and how slow. One body. Thread-safe. */
public final class Patience {
    private final ReceiveLimits limits;
    private final LongSupplier nanos;
    private final long startedNanos;
    private volatile long latestNanos;

    /** @param nanos such as {@link RunningTime} */
    public Patience(ReceiveLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.startedNanos = nanos.getAsLong();
        this.latestNanos = startedNanos;
    }

    /** Something came, or was asked for only now. */
    public void renew() {
        latestNanos = nanos.getAsLong();
    }

    /** Whether a body of which so much has come is too slow, over all of it. */
    public boolean endsAt(long bytes) {
        return limits.tooSlow(bytes, Duration.ofNanos(nanos.getAsLong() - startedNanos));
    }

    /** How long the client may still be silent; zero where it has been so for too long. */
    private Duration left() {
        var left = limits.grace().minusNanos(nanos.getAsLong() - latestNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** An error once nothing came for too long. One timer a body, not one a piece: pieces come by the thousand. */
    public <T> Mono<T> exhausted(Supplier<RefusedException> tooSlow) {
        return Mono.defer(() -> Mono.delay(left()))
                .repeat(() -> !left().isZero())
                .then(Mono.error(tooSlow));
    }
}

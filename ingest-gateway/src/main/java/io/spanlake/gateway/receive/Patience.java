package io.spanlake.gateway.receive;

import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * How long a client may be silent, and how slow: counted while it is waited for, and not while what came is stored. One body;
 * told of by one thread at a time, asked by any.
 */
public final class Patience {
    /** @param beforeNanos waited for until then, over all of the body */
    private record Wait(boolean forClient, long beforeNanos, long sinceNanos) {
        long nanos(long now) {
            return forClient ? now - sinceNanos : 0;
        }
    }

    private final ReceiveLimits limits;
    private final LongSupplier nanos;
    private volatile Wait wait;

    /** @param nanos such as {@link RunningTime} */
    public Patience(ReceiveLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.wait = new Wait(true, 0, nanos.getAsLong());
    }

    /** Something came, or is asked for: the client is waited for from now on. */
    public void renew() {
        next(true);
    }

    /** What came is worked on, and no more is asked for. */
    public void rest() {
        next(false);
    }

    private void next(boolean forClient) {
        long now = nanos.getAsLong();
        var last = wait;
        wait = new Wait(forClient, last.beforeNanos() + last.nanos(now), now);
    }

    /** Whether a body of which so much has come is too slow, over all of it. */
    public boolean endsAt(long bytes) {
        var last = wait;
        return limits.tooSlow(bytes, Duration.ofNanos(last.beforeNanos() + last.nanos(nanos.getAsLong())));
    }

    /** How long the client may still be silent; zero where it has been so for too long. */
    private Duration left() {
        var left = limits.grace().minusNanos(wait.nanos(nanos.getAsLong()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** An error once nothing came for too long. One timer a body, not one a piece: pieces come by the thousand. */
    public <T> Mono<T> exhausted(Supplier<RefusedException> tooSlow) {
        return Mono.defer(() -> Mono.delay(left()))
                .repeat(() -> !left().isZero())
                .then(Mono.error(tooSlow));
    }
}

package io.spanlake.gateway.xact;

import io.spanlake.catalog.IdSlot;
import io.spanlake.catalog.IdSlotLostException;
import io.spanlake.catalog.IdSlots;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Holds a slot of the catalog for the ids of this gateway's own clock. Thread-safe. */
public final class SlotLease {
    private static final Logger log = LoggerFactory.getLogger(SlotLease.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(15);
    /** Not used this long before it ends, whatever our clock says of a minute. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final IdSlots slots;
    private final String holder;
    private final LongSupplier nanos;
    private volatile @Nullable HeldSlot held;

    private record HeldSlot(IdSlot slot, long untilNanos) {}

    /** @param nanos a clock that only goes forward: a lease must not grow longer because somebody sets the time */
    public SlotLease(IdSlots slots, String holder, LongSupplier nanos) {
        this.slots = slots;
        this.holder = holder;
        this.nanos = nanos;
    }

    /** The slot that is surely ours now. */
    OptionalInt slot() {
        var now = held;
        if (now == null || nanos.getAsLong() - now.untilNanos >= 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(now.slot.slot());
    }

    /** Claims a slot, renews it, and claims another where it is lost. Runs until cancelled. */
    public Flux<Void> run() {
        return Mono.defer(this::claim)
                .flatMapMany(this::renewals)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(failed -> log.warn(
                                "no slot for own transaction ids: {}",
                                failed.failure().getMessage())));
    }

    /** Gives the slot back. */
    public Mono<Void> release() {
        var last = held;
        held = null;
        return last == null ? Mono.empty() : slots.release(last.slot).onErrorComplete();
    }

    private Mono<IdSlot> claim() {
        long asked = nanos.getAsLong();
        return slots.claim(holder, LEASE).doOnNext(slot -> {
            hold(slot, asked);
            log.info("own transaction ids have slot {}", slot.slot());
        });
    }

    private Flux<Void> renewals(IdSlot slot) {
        return Flux.interval(RENEW_EVERY).onBackpressureDrop().concatMap(tick -> renew(slot), 1);
    }

    private Mono<Void> renew(IdSlot slot) {
        long asked = nanos.getAsLong();
        return slots.renew(slot, LEASE)
                .doOnNext(renewed -> hold(renewed, asked))
                .then()
                // A catalog that does not answer is asked again at the next turn; a lost slot begins anew.
                .onErrorResume(failed -> failed instanceof IdSlotLostException ? Mono.error(failed) : Mono.empty());
    }

    private void hold(IdSlot slot, long askedNanos) {
        held = new HeldSlot(slot, askedNanos + LEASE.minus(MARGIN).toNanos());
    }
}

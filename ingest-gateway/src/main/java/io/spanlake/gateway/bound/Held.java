package io.spanlake.gateway.bound;

import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;

/** Bytes of a budget. Given back once, however often {@link #release} is called. Thread-safe. */
public final class Held {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ByteBudget budget;
    // Both belong to the budget's lock.
    private long bytes;
    private boolean small;

    Held(ByteBudget budget, long bytes, boolean small) {
        this.budget = budget;
        this.bytes = bytes;
        this.small = small;
    }

    public long bytes() {
        synchronized (budget) {
            return bytes;
        }
    }

    boolean isSmall() {
        return small;
    }

    void set(long newBytes, boolean isSmall) {
        bytes = newBytes;
        small = isSmall;
    }

    long raw() {
        return bytes;
    }

    /**
     * Asks for more, in the middle of the work: does not wait, so that requests cannot wait for each other.
     *
     * @throws io.spanlake.service.errors.RefusedException 429 where there are none now
     */
    public void grow(long more) {
        if (!budget.tryGrow(this, more)) {
            throw Refusals.exception(new Refusal.Busy(budget.name(), RETRY_AFTER));
        }
    }

    /** Gives a part back; nothing where all was given back before. */
    public void shrink(long less) {
        budget.giveBack(this, less);
    }

    public void release() {
        budget.giveBack(this, Long.MAX_VALUE);
    }

    /** The bytes as somebody else's: releasing this one does nothing from now on. */
    public Held handOver() {
        synchronized (budget) {
            var other = new Held(budget, bytes, small);
            bytes = 0;
            return other;
        }
    }
}

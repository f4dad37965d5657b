package io.spanlake.query.browse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the rows one read may look at. Asked before each row, on one thread at a time; the first row is always looked
 * at, so that whoever goes on from where a read ended comes forward.
 */
final class Work {
    private final WorkLimits limits;
    private final InstantSource clock;
    private final Instant deadline;
    private final AtomicLong examined = new AtomicLong();
    private volatile Optional<WorkDone.Limit> met = Optional.empty();

    Work(WorkLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
    }

    /** Whether the next row may be looked at. */
    boolean goesOn() {
        if (examined.get() >= limits.rows()) {
            met = Optional.of(WorkDone.Limit.ROWS);
            return false;
        }
        if (examined.get() > 0 && clock.instant().isAfter(deadline)) {
            met = Optional.of(WorkDone.Limit.TIME);
            return false;
        }
        examined.incrementAndGet();
        return true;
    }

    /** Something of what was looked at could not be kept. */
    void leaveOut() {
        met = met.or(() -> Optional.of(WorkDone.Limit.VALUES));
    }

    WorkDone done() {
        return new WorkDone(examined.get(), met);
    }

    /** @param rows that are looked at, at most */
    record WorkLimits(long rows, Duration time) {
        WorkLimits {
            if (rows < 1 || !time.isPositive()) {
                throw new IllegalArgumentException("%d rows in %s".formatted(rows, time));
            }
        }
    }
}

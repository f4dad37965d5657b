package io.spanlake.query.execute;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import java.util.concurrent.atomic.AtomicLong;

/** Heap that one query may hold in sorts, groups and traces. Thread-safe. */
final class MemoryBudget {
    /** A step holds what it gathers, what it writes at the same time, and leaves room for others. */
    private static final int STEP_SHARE = 6;

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** @throws io.spanlake.query.parse.QueryFaultException where there is no more */
    void take(long bytes, String forWhat) {
        if (used.addAndGet(bytes) > limitBytes) {
            throw QueryFault.of(
                            QueryFault.Kind.BUDGET,
                            "the query needs more than %d bytes of memory for %s".formatted(limitBytes, forWhat),
                            Place.NONE)
                    .withHint("a condition on created, fewer groups or fewer columns would help")
                    .exception();
        }
    }

    /** How much one step may hold before it goes on on disk, where it can. */
    long shareBytes() {
        return limitBytes / STEP_SHARE;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}

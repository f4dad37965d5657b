package io.spanlake.wal.receive;

import io.spanlake.wal.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far one claim is, told by several threads. Thread-safe, never blocks. */
final class Progress {
    private final Claim claim;
    private final AtomicLong held = new AtomicLong();
    private volatile long committed;
    private volatile @Nullable Instant oldest;

    Progress(Claim claim, long offset) {
        this.claim = claim;
        this.committed = offset;
    }

    Claim claim() {
        return claim;
    }

    void received(long bytes, Instant appendTime) {
        if (held.getAndAdd(bytes) == 0) {
            oldest = appendTime;
        }
    }

    void settled(long bytes) {
        held.addAndGet(-bytes);
    }

    void committed(long next, Instant appendTime) {
        committed = next;
        oldest = appendTime;
    }

    /** Bytes received and not committed or dropped yet. */
    long held() {
        return held.get();
    }

    /** First offset that is not in the catalog. */
    long committed() {
        return committed;
    }

    /** Age of what is received and not committed, give or take one flush. */
    Duration age(Instant now) {
        var since = oldest;
        return since == null || held() == 0 ? Duration.ZERO : Duration.between(since, now);
    }
}

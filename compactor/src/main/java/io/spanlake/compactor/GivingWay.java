package io.spanlake.compactor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Parts are not written anew while a tail is more than one job behind: they take a share of processor, memory and disk that the tail
 * lacks, and a tail that falls behind costs readers more than parts that wait. They wait a minute at most, so that they do not
 * gather without end where a node is too small for what comes. Thread-safe.
 */
final class GivingWay {
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);
    /** A tail that was behind then is not known to be now. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private final InstantSource clock;
    private Instant behindUntil = Instant.MIN;
    private Instant waitedSince = Instant.MAX;

    GivingWay(InstantSource clock) {
        this.clock = clock;
    }

    /** @param left whether a job of a tail left some of it to the next one */
    synchronized void tailTaken(boolean left) {
        behindUntil = left ? clock.instant().plus(KNOWN_FOR) : Instant.MIN;
    }

    /** Whether parts may be written anew now. */
    synchronized boolean isOver() {
        var now = clock.instant();
        if (!now.isBefore(behindUntil) || !now.isBefore(latest())) {
            waitedSince = Instant.MAX;
            return true;
        }
        waitedSince = waitedSince.isAfter(now) ? now : waitedSince;
        return false;
    }

    private Instant latest() {
        return waitedSince.equals(Instant.MAX) ? Instant.MAX : waitedSince.plus(WAIT_MAX);
    }
}

package io.spanlake.compactor;

import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Parts are not written anew while a tail is more than one job behind: they take a share of processor, memory and disk that the tail
 * lacks, and a tail that falls behind costs readers more than parts that wait. By turns they wait a minute at most and have half a
 * minute, so that they do not gather without end where a node is too small for what comes. Thread-safe.
 */
final class GivingWay {
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(30);
    /** A tail that was behind then is not known to be now. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private final InstantSource clock;
    /** Until when each tail is taken to be behind. */
    private final Map<ObjectRef, Instant> behind = new HashMap<>();

    private Instant waitedSince = Instant.MAX;
    private Instant turnUntil = Instant.MIN;

    GivingWay(InstantSource clock) {
        this.clock = clock;
    }

    /** @param left whether a job of the object's tail left some of it to the next one */
    synchronized void tailTaken(ObjectRef object, boolean left) {
        if (left) {
            behind.put(object, clock.instant().plus(KNOWN_FOR));
        } else {
            behind.remove(object);
        }
    }

    /** Whether parts may be written anew now. */
    synchronized boolean isOver() {
        var now = clock.instant();
        behind.values().removeIf(until -> !now.isBefore(until));
        if (behind.isEmpty()) {
            waitedSince = Instant.MAX;
            return true;
        }
        if (now.isBefore(turnUntil)) {
            return true;
        }
        waitedSince = waitedSince.isAfter(now) ? now : waitedSince;
        if (now.isBefore(waitedSince.plus(WAIT_MAX))) {
            return false;
        }
        waitedSince = Instant.MAX;
        turnUntil = now.plus(TURN);
        return true;
    }
}

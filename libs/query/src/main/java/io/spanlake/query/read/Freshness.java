package io.spanlake.query.read;

import io.spanlake.query.tail.TailState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fresh an answer is.
 *
 * @param state which snapshot it is of
 * @param at    when the snapshot was taken, by this node's clock
 */
public record Freshness(ReadMode mode, TailState state, Instant at) {
    /** A record counts only if it was appended within this time of the time in its id. */
    private static final Duration CLOSES_AFTER = Duration.ofSeconds(30);

    /**
     * How far the reading of the log is behind the clock, at most: about the age of the newest write that may be missing.
     * Absent while some partition was never read, as before the first write of all: nothing is closed yet.
     */
    public Optional<Duration> lag() {
        var closed = state.closed().time();
        if (closed.equals(Instant.EPOCH)) {
            return Optional.empty();
        }
        var readUpTo = closed.plus(CLOSES_AFTER);
        return Optional.of(readUpTo.isBefore(at) ? Duration.between(readUpTo, at) : Duration.ZERO);
    }
}

package io.spanlake.query.read;

import io.spanlake.query.tail.TailState;
import java.time.Duration;
import java.time.Instant;

/**
 * How fresh an answer is.
 *
 * @param state which snapshot it is of
 * @param at    when the snapshot was taken, by this node's clock
 */
public record Freshness(ReadMode mode, TailState state, Instant at) {
    /** A record counts only if it was appended within this time of the time in its id. */
    private static final Duration CLOSES_AFTER = Duration.ofSeconds(30);

    /** How far the log was read is behind the clock, at most: about the age of the newest write that may be missing. */
    public Duration lag() {
        var readUpTo = state.closed().time().plus(CLOSES_AFTER);
        return readUpTo.isBefore(at) ? Duration.between(readUpTo, at) : Duration.ZERO;
    }
}

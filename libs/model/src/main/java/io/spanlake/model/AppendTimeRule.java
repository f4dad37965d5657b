package io.spanlake.model;

/**
 * Which records of topic {@code writes} count: those that Kafka appended at most 30 s after and at most 10 s before the time in
 * their transaction id. The gateway refuses what was appended at another time, everything behind it skips the same records by
 * the same numbers. So all that is older than an append time less 30 s is closed in its partition; and no gateway whose clock is
 * ahead can write rows that no other may write anew, or delete, before that time has come.
 */
public final class AppendTimeRule {
    /** Longest way from the time in an id to the append, in milliseconds. */
    public static final long LATENESS_MS_MAX = 30_000;

    /** An id may be drawn two seconds ahead of the gateway's clock, and a broker's may be seconds behind that. */
    public static final long AHEAD_MS_MAX = 10_000;

    private AppendTimeRule() {}

    /** @param appendTimeMs time of the record as Kafka gave it (LogAppendTime), unix milliseconds */
    public static boolean counts(TransactionId id, long appendTimeMs) {
        long lateness = appendTimeMs - id.unixSeconds() * 1000;
        return -AHEAD_MS_MAX <= lateness && lateness <= LATENESS_MS_MAX;
    }
}

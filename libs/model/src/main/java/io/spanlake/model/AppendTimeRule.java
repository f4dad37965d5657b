package io.spanlake.model;

/**
 * Which records of topic {@code writes} count: those that Kafka appended at most 30 s after the time in their
 * transaction id. The gateway refuses what was later, everything behind it skips the same records by the same number, so
 * all that is older than an append time less 30 s is closed in its partition.
 */
public final class AppendTimeRule {
    /** Longest way from the time in an id to the append, in milliseconds. */
    public static final long LATENESS_MS_MAX = 30_000;

    private AppendTimeRule() {}

    /** @param appendTimeMs time of the record as Kafka gave it (LogAppendTime), unix milliseconds */
    public static boolean counts(TransactionId id, long appendTimeMs) {
        return appendTimeMs - id.unixSeconds() * 1000 <= LATENESS_MS_MAX;
    }
}

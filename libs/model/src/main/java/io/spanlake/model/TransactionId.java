package io.spanlake.model;

import java.time.Instant;

/**
 * A transaction: {@code 0x0DE1 << 48 | unix seconds << 16 | counter}. One request is one transaction, or several where
 * it has more rows than a position can count. The decimal text has 19 digits always, so texts sort as numbers do.
 */
public record TransactionId(long value) implements Comparable<TransactionId> {
    public static final long PREFIX = 0x0DE1L << 48;
    public static final int COUNTER_MAX = 0xFFFF;
    private static final long SECONDS_MAX = 0xFFFF_FFFFL;
    /** Multiplier of the form that clients print; odd, so that it has an inverse modulo 2^64. */
    private static final long DISPLAY_FACTOR = 205891132094649L;

    public TransactionId {
        if (value >>> 48 != 0x0DE1L) {
            throw new IllegalArgumentException("not a transaction id: " + Long.toUnsignedString(value));
        }
    }

    public static TransactionId of(long unixSeconds, int counter) {
        if (unixSeconds < 0 || unixSeconds > SECONDS_MAX || counter < 0 || counter > COUNTER_MAX) {
            throw new IllegalArgumentException("out of range: %d s, counter %d".formatted(unixSeconds, counter));
        }
        return new TransactionId(PREFIX | unixSeconds << 16 | counter);
    }

    /** @throws IllegalArgumentException where the text is no transaction id */
    public static TransactionId parse(String decimal) {
        try {
            return new TransactionId(Long.parseUnsignedLong(decimal));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a transaction id: " + decimal, e);
        }
    }

    public long unixSeconds() {
        return (value >>> 16) & SECONDS_MAX;
    }

    public int counter() {
        return (int) (value & COUNTER_MAX);
    }

    public Instant time() {
        return Instant.ofEpochSecond(unixSeconds());
    }

    /** The 16 hex digits that clients show in place of the number. */
    public String displayText() {
        return "%016x".formatted(value * DISPLAY_FACTOR);
    }

    @Override
    public int compareTo(TransactionId other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** The decimal text, as it stands in {@code _xact_id}. */
    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}

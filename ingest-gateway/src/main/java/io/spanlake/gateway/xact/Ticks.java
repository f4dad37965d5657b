package io.spanlake.gateway.xact;

import io.spanlake.model.TransactionId;

/**
 * The arithmetic of ids without their constant prefix: {@code unix seconds << 16 | counter}, 48 bits, so that the numbers
 * of a Lua script hold them exactly. Zero is before every id.
 */
final class Ticks {
    /** Counters up to this one are drawn from Redis; those above belong to gateways' own clocks. */
    static final int SHARED_COUNTER_MAX = 0x7FFF;

    private Ticks() {}

    static long of(long seconds, int counter) {
        return seconds << 16 | counter;
    }

    static long seconds(long ticks) {
        return ticks >>> 16;
    }

    static int counter(long ticks) {
        return (int) (ticks & 0xFFFF);
    }

    static TransactionId id(long ticks) {
        return TransactionId.of(seconds(ticks), counter(ticks));
    }
}

package io.spanlake.service.halt;

import java.time.Duration;

/**
 * Where a process dies.
 *
 * @param point   service and step: {@code wal.STORED}
 * @param passing which passing of it, from 1
 * @param delay   after which it dies while it goes on: what follows the step is cut off in the midst
 */
record HaltPoint(String point, long passing, Duration delay) {
    HaltPoint {
        if (point.isEmpty() || passing < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "no point, passing and delay: %s, %d, %s".formatted(point, passing, delay));
        }
    }

    /** Of {@code point}, {@code point:passing} or {@code point:passing:microseconds}. */
    static HaltPoint parse(String text) {
        var pieces = text.split(":", -1);
        if (pieces.length > 3) {
            throw new IllegalArgumentException(
                    "spanlake.test.halt-at is %s, not point:passing:microseconds".formatted(text));
        }
        long passing = pieces.length > 1 ? Long.parseLong(pieces[1]) : 1;
        long micros = pieces.length > 2 ? Long.parseLong(pieces[2]) : 0;
        return new HaltPoint(pieces[0], passing, Duration.ofNanos(micros * 1_000));
    }
}

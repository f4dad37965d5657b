package io.spanlake.acceptance;

import java.time.Duration;

/** Time that has passed since a look at {@code System.nanoTime()}. */
final class Elapsed {
    private Elapsed() {}

    static long seconds(long beganNanos) {
        return Duration.ofNanos(System.nanoTime() - beganNanos).toSeconds();
    }
}

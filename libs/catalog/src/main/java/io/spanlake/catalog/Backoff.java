package io.spanlake.catalog;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and a random half of it less, so that
 * those who failed together do not come back together.
 *
 * @param attempts how often something is tried in all
 */
record Backoff(int attempts, Duration first, Duration longest) {
    static final Backoff DEFAULT = new Backoff(8, Duration.ofMillis(20), Duration.ofSeconds(1));

    /** @param failed number of attempts that have failed, from 1 */
    Duration after(int failed, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failed - 1, 20);
        long whole = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(whole - (long) (random.nextDouble() * whole / 2));
    }
}

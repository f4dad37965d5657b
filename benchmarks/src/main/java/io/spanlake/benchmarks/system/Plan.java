package io.spanlake.benchmarks.system;

import java.time.Duration;

/**
 * How long each measurement takes.
 *
 * @param settle     after a start, before idleness is measured
 * @param warmUp     full load that is not counted, until the rate has stopped rising
 * @param bare       one round of the bare producer
 * @param full       one round of full load
 * @param rounds     of both, in turns
 * @param loneWrites how many
 */
record Plan(
        Duration settle,
        Duration idle,
        WarmUp warmUp,
        Duration bare,
        Duration full,
        int rounds,
        Duration smallRequests,
        int loneWrites,
        Duration halfRate) {
    static final Plan FULL = new Plan(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            new WarmUp(Duration.ofSeconds(15), Duration.ofMinutes(3)),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15),
            3,
            Duration.ofSeconds(30),
            100,
            Duration.ofSeconds(45));

    /** Settling and the warm-up stay: what is measured before they are over is the compiler. */
    Plan shortened(int times) {
        return new Plan(
                settle,
                idle.dividedBy(times),
                warmUp,
                bare.dividedBy(times),
                full.dividedBy(times),
                rounds,
                smallRequests.dividedBy(times),
                Math.max(1, loneWrites / times),
                halfRate.dividedBy(times));
    }
}

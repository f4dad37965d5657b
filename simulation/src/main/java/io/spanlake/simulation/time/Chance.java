package io.spanlake.simulation.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What may happen to a call to a neighbour: {@code request → effect → answer}.
 *
 * @param refused  the request never arrives
 * @param unheard  the effect takes place and the answer is lost
 * @param repeated the answer is lost, and whoever carries the call asks again
 * @param slow     the call takes up to {@code longest}
 * @param crash    the process dies, before the request leaves or before the answer comes
 */
public record Chance(
        double refused, double unheard, double repeated, double slow, double crash, Duration usual, Duration longest) {
    public static final Chance CALM = new Chance(0, 0, 0, 0, 0, Duration.ofMillis(20), Duration.ofMillis(20));

    /** A mix of its own for each seed: some have none of a kind, and some much. */
    public static Chance drawn(RandomGenerator random) {
        return new Chance(
                some(random, 0.1),
                some(random, 0.1),
                some(random, 0.2),
                some(random, 0.05),
                some(random, 0.01),
                Duration.ofMillis(1 + random.nextInt(100)),
                Duration.ofSeconds(1 + random.nextInt(180)));
    }

    private static double some(RandomGenerator random, double most) {
        return random.nextBoolean() ? 0 : random.nextDouble() * most;
    }

    Duration delay(RandomGenerator random) {
        double share = random.nextDouble();
        var longest = random.nextDouble() < slow ? longest() : usual;
        return Duration.ofNanos((long) (longest.toNanos() * share * share));
    }

    static boolean hits(double share, RandomGenerator random) {
        return share > 0 && random.nextDouble() < share;
    }
}

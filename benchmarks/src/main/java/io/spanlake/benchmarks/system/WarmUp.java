package io.spanlake.benchmarks.system;

import java.time.Duration;
import java.util.List;

/**
 * When a system counts as warm: its rate has stopped rising, or it had long enough. Pure.
 *
 * @param round   of load, between two looks
 * @param longest after which it is taken as it is
 */
record WarmUp(Duration round, Duration longest) {
    /** Rounds in a row that brought nothing new; noise is smaller than a twentieth. */
    private static final int QUIET_ROUNDS = 2;

    private static final double RISE = 1.05;

    /** @param rates of the rounds so far, in order */
    boolean isOver(List<Double> rates) {
        if (round.multipliedBy(rates.size()).compareTo(longest) >= 0) {
            return true;
        }
        int before = rates.size() - QUIET_ROUNDS;
        if (before < 1) {
            return false;
        }
        double best = rates.subList(0, before).stream()
                .mapToDouble(rate -> rate)
                .max()
                .orElseThrow();
        return rates.subList(before, rates.size()).stream().allMatch(rate -> rate < best * RISE);
    }
}

package io.spanlake.benchmarks.queries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times of one question, round by round, in milliseconds. */
public final class Timed {
    private final List<double[]> rounds = new ArrayList<>();

    public void round(double[] millis) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        rounds.add(sorted);
    }

    /** The median of the rounds' medians. */
    double median() {
        var medians =
                rounds.stream().mapToDouble(round -> at(round, 50)).sorted().toArray();
        return medians[medians.length / 2];
    }

    public double at(int percent) {
        return at(rounds.stream().flatMapToDouble(Arrays::stream).sorted().toArray(), percent);
    }

    /** {@code 8.1 / 12.9 ms}: p50 and p95. */
    String medianAndHigh() {
        return "%.1f / %.1f ms".formatted(median(), at(95));
    }

    /** {@code 8.1 / 12.9 (8.0–8.3)}: p50, p95, and the lowest and highest p50 of a round. */
    @Override
    public String toString() {
        var medians =
                rounds.stream().mapToDouble(round -> at(round, 50)).sorted().toArray();
        return "%.1f / %.1f (%.1f–%.1f)".formatted(median(), at(95), medians[0], medians[medians.length - 1]);
    }

    private static double at(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
    }
}

package io.spanlake.standalone.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a probe has found so far. Thread-safe. */
public final class ProbeTally {
    private static final List<String> COUNTS =
            List.of("traces", "reads", "unavailable", "lost", "doubled", "wrong", "stale");

    /** Each of these is a broken promise. */
    private static final List<String> ALARMS = List.of("lost", "doubled", "wrong", "stale");

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private double visibilitySeconds;

    public ProbeTally() {
        COUNTS.forEach(name -> counts.put(name, 0L));
    }

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized void visibleAfter(double seconds) {
        visibilitySeconds = seconds;
    }

    public synchronized boolean alarms() {
        return ALARMS.stream().anyMatch(name -> counts.getOrDefault(name, 0L) > 0);
    }

    /** For Prometheus. */
    public synchronized String page() {
        var counters = counts.entrySet().stream()
                .map(count -> "# TYPE spanlake_probe_%1$s_total counter%nspanlake_probe_%1$s_total %2$d%n"
                        .formatted(count.getKey(), count.getValue()))
                .collect(Collectors.joining());
        return counters
                + "# TYPE spanlake_probe_visibility_seconds gauge%nspanlake_probe_visibility_seconds %s%n"
                        .formatted(visibilitySeconds);
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "))
                + ", visible after %.0f ms".formatted(visibilitySeconds * 1_000);
    }
}

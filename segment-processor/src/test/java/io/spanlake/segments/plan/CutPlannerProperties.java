package io.spanlake.segments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever waits: who is due gets its turn, and a cut is never larger than it may be. */
class CutPlannerProperties {
    private static final CutLimits LIMITS = new CutLimits(Duration.ofSeconds(10), 1_000);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Property
    void aCutOfSeveralHoldsNoMoreThanItMay(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 3_000) Integer> bytes,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 20) Integer> seconds) {
        var waiting = waiting(bytes, seconds);

        var taken = CutPlanner.plan(waiting.values(), LIMITS, NOW);

        long sum =
                taken.stream().mapToLong(number -> of(waiting, number).bytes()).sum();
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(taken.size() <= 1 || sum <= LIMITS.bytes()).isTrue();
    }

    @Property
    void everyPartitionThatIsDueGetsItsTurn(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 3_000) Integer> bytes,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 20) Integer> seconds) {
        var waiting = waiting(bytes, seconds);
        var due = waiting.values().stream()
                .filter(partition -> partition.bytes() >= LIMITS.bytes()
                        || !partition.since().plus(LIMITS.after()).isAfter(NOW))
                .map(Waiting::partition)
                .toList();

        var cut = new ArrayList<Integer>();
        for (int round = 0; round < due.size(); round++) {
            var taken = CutPlanner.plan(waiting.values(), LIMITS, NOW);
            cut.addAll(taken);
            waiting.keySet().removeAll(taken);
        }

        assertThat(cut).containsAll(due);
        assertThat(CutPlanner.plan(waiting.values(), LIMITS, NOW)).isEmpty();
    }

    private static Map<Integer, Waiting> waiting(List<Integer> bytes, List<Integer> seconds) {
        var waiting = new HashMap<Integer, Waiting>();
        for (int i = 0; i < bytes.size(); i++) {
            waiting.put(i, new Waiting(i, bytes.get(i), NOW.minusSeconds(seconds.get(i)), false));
        }
        return waiting;
    }

    private static Waiting of(Map<Integer, Waiting> waiting, int number) {
        return Objects.requireNonNull(waiting.get(number));
    }
}

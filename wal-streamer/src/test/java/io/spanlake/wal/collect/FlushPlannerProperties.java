package io.spanlake.wal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan, whatever waits. Times are milliseconds; now is 1,000. */
class FlushPlannerProperties {
    private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant NOW = T0.plusMillis(1_000);
    private static final FlushLimits LIMITS = new FlushLimits(Duration.ofMillis(5), Duration.ofMillis(200), 5_000);

    @Property
    void noWriteWaitsLongerThanTheLimit(
            @ForAll("waiting") List<Waiting> waiting, @ForAll("flushes") Map<OrganizationId, Instant> last) {
        var plan = FlushPlanner.plan(waiting, last, LIMITS, NOW);

        for (var partition : waiting) {
            if (!partition.oldest().isAfter(NOW.minus(LIMITS.flushAfter()))) {
                assertThat(plan.partitions()).contains(partition.partition());
            }
        }
        var left = waiting.stream().filter(partition -> !plan.partitions().contains(partition.partition()));
        assertThat(left)
                .allSatisfy(partition -> assertThat(plan.wakeAt().orElseThrow())
                        .isAfter(NOW)
                        .isBeforeOrEqualTo(partition.oldest().plus(LIMITS.flushAfter())));
    }

    @Property
    void anOrganizationGetsAnObjectEarlyOnlyForAReason(
            @ForAll("waiting") List<Waiting> waiting, @ForAll("flushes") Map<OrganizationId, Instant> last) {
        var plan = FlushPlanner.plan(waiting, last, LIMITS, NOW);

        var taken = waiting.stream()
                .filter(partition -> plan.partitions().contains(partition.partition()))
                .toList();
        var reasons = taken.stream()
                .filter(partition -> isDue(partition, waiting, last))
                .toList();
        var paidFor = reasons.stream()
                .flatMap(partition -> partition.organizations().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(taken)
                .allSatisfy(partition -> assertThat(paidFor)
                        .containsAll(partition.organizations().keySet()));
    }

    @Property
    void askedAgainAtTheTimeItNamesSomethingIsDue(
            @ForAll("waiting") List<Waiting> waiting, @ForAll("flushes") Map<OrganizationId, Instant> last) {
        var plan = FlushPlanner.plan(waiting, last, LIMITS, NOW);
        if (!plan.partitions().isEmpty() || waiting.isEmpty()) {
            return;
        }

        var at = plan.wakeAt().orElseThrow();

        assertThat(FlushPlanner.plan(waiting, last, LIMITS, at).partitions()).isNotEmpty();
        assertThat(FlushPlanner.plan(waiting, last, LIMITS, at.minusNanos(1)).partitions())
                .isEmpty();
    }

    @Property
    void thePaceGrowsWithTheOrganizationsAndStaysWithinItsBounds(@ForAll @IntRange(max = 100_000) int organizations) {
        var pace = new FlushPace(Duration.ofMillis(200), Duration.ofSeconds(1), 50);

        assertThat(pace.flushAfter(organizations))
                .isBetween(pace.shortest(), pace.longest())
                .isLessThanOrEqualTo(pace.flushAfter(organizations + 1));
    }

    /** The rule of the design once more, said another way. */
    private static boolean isDue(Waiting partition, List<Waiting> all, Map<OrganizationId, Instant> last) {
        if (partition.closing() || partition.bytes() >= LIMITS.flushBytes()) {
            return true;
        }
        if (age(partition.oldest()) < 5) {
            return false;
        }
        if (age(partition.oldest()) >= 200) {
            return true;
        }
        var organizations = partition.organizations().keySet();
        return !organizations.isEmpty() && organizations.stream().allMatch(each -> isDue(each, all, last));
    }

    private static boolean isDue(OrganizationId organization, List<Waiting> all, Map<OrganizationId, Instant> last) {
        long bytes = all.stream()
                .mapToLong(other -> other.organizations().getOrDefault(organization, 0L))
                .sum();
        var flushed = last.get(organization);
        return bytes >= LIMITS.flushBytes() || flushed == null || age(flushed) >= 200;
    }

    private static long age(Instant since) {
        return Duration.between(since, NOW).toMillis();
    }

    @Provide
    Arbitrary<List<Waiting>> waiting() {
        var organizations = Arbitraries.maps(organization(), Arbitraries.longs().between(1, 3_000))
                .ofMaxSize(3);
        var one = Combinators.combine(
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(600, 1_000),
                        organizations,
                        Arbitraries.of(false, false, false, false, true))
                .as((partition, since, of, closing) -> new Waiting(
                        partition,
                        T0.plusMillis(since),
                        of.values().stream().mapToLong(Long::longValue).sum(),
                        of,
                        closing));
        return one.list().ofMaxSize(8).map(FlushPlannerProperties::eachPartitionOnce);
    }

    @Provide
    Arbitrary<Map<OrganizationId, Instant>> flushes() {
        var times = Arbitraries.integers().between(600, 1_000).map(T0::plusMillis);
        return Arbitraries.maps(organization(), times).ofMaxSize(4);
    }

    private static Arbitrary<OrganizationId> organization() {
        return Arbitraries.longs().between(1, 4).map(number -> new OrganizationId(new UUID(0, number)));
    }

    private static List<Waiting> eachPartitionOnce(List<Waiting> waiting) {
        var seen = new HashSet<Integer>();
        return waiting.stream()
                .filter(partition -> seen.add(partition.partition()))
                .toList();
    }
}

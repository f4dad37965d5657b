package io.spanlake.wal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FlushPlannerTest {
    private static final OrganizationId A = new OrganizationId(new UUID(0, 1));
    private static final OrganizationId B = new OrganizationId(new UUID(0, 2));
    private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");
    private static final FlushLimits LIMITS = new FlushLimits(Duration.ofMillis(5), Duration.ofMillis(200), 1_000);

    @Test
    void nothingWaitsSoNothingIsDueAndNothingWakes() {
        assertThat(FlushPlanner.plan(List.of(), Map.of(), LIMITS, T0)).isEqualTo(new FlushPlan(List.of(), none()));
    }

    @Nested
    class AQuietOrganization {
        @Test
        void isFlushedAsSoonAsTheLingerIsOver() {
            var waiting = List.of(waiting(0, 0, Map.of(A, 10L)));

            assertThat(FlushPlanner.plan(waiting, Map.of(), LIMITS, at(4)))
                    .isEqualTo(new FlushPlan(List.of(), Optional.of(at(5))));
            assertThat(FlushPlanner.plan(waiting, Map.of(), LIMITS, at(5)).partitions())
                    .containsExactly(0);
        }
    }

    @Nested
    class ABusyOrganization {
        @Test
        void waitsUntilItsLastFlushIsOldEnough() {
            var waiting = List.of(waiting(0, 50, Map.of(A, 10L)));
            var lastFlush = Map.of(A, at(0));

            assertThat(FlushPlanner.plan(waiting, lastFlush, LIMITS, at(199)))
                    .isEqualTo(new FlushPlan(List.of(), Optional.of(at(200))));
            assertThat(FlushPlanner.plan(waiting, lastFlush, LIMITS, at(200)).partitions())
                    .containsExactly(0);
        }

        @Test
        void isFlushedAtOnceWhenItsBytesReachTheLimitOverAllPartitions() {
            var waiting = List.of(waiting(0, 50, Map.of(A, 600L)), waiting(1, 50, Map.of(A, 400L)));

            assertThat(FlushPlanner.plan(waiting, Map.of(A, at(40)), LIMITS, at(60))
                            .partitions())
                    .containsExactly(0, 1);
        }

        @Test
        void doesNotLetAnotherWaitLongerThanTheLimit() {
            var waiting = List.of(waiting(0, 0, Map.of(A, 10L, B, 10L)));

            var plan = FlushPlanner.plan(waiting, Map.of(A, at(150)), LIMITS, at(199));

            assertThat(plan).isEqualTo(new FlushPlan(List.of(), Optional.of(at(200))));
        }
    }

    @Nested
    class APartitionNextToOneThatIsDue {
        @Test
        void ridesAlongWhereAllItsOrganizationsAreFlushedAnyway() {
            var waiting = List.of(
                    waiting(0, 0, Map.of(A, 10L, B, 10L)),
                    waiting(1, 199, Map.of(A, 1L)),
                    waiting(2, 198, Map.of(B, 1L)));

            var plan = FlushPlanner.plan(waiting, Map.of(A, at(100), B, at(100)), LIMITS, at(200));

            assertThat(plan.partitions()).containsExactly(0, 2, 1);
        }

        @Test
        void staysBehindWhereItWouldCostAnObjectMore() {
            var waiting = List.of(waiting(0, 0, Map.of(A, 10L)), waiting(1, 190, Map.of(A, 1L, B, 1L)));

            var plan = FlushPlanner.plan(waiting, Map.of(B, at(100)), LIMITS, at(200));

            assertThat(plan.partitions()).containsExactly(0);
            assertThat(plan.wakeAt()).contains(at(300));
        }

        @Test
        void ridesAlongWhereAllOfItWasSkipped() {
            var waiting = List.of(waiting(0, 0, Map.of(A, 10L)), waiting(1, 6, Map.of()));

            assertThat(FlushPlanner.plan(waiting, Map.of(), LIMITS, at(7)).partitions())
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aPartitionOfSkippedWritesAloneWaitsForCompanyAsLongAsAWriteMay() {
        var waiting = List.of(waiting(0, 0, Map.of()));

        assertThat(FlushPlanner.plan(waiting, Map.of(), LIMITS, at(10)).wakeAt())
                .contains(at(200));
    }

    @Test
    void aPartitionThatLeavesUsIsFlushedAtOnce() {
        var waiting = List.of(new Waiting(3, at(0), 10, Map.of(A, 10L), true));

        assertThat(FlushPlanner.plan(waiting, Map.of(A, at(0)), LIMITS, at(0)).partitions())
                .containsExactly(3);
    }

    @Nested
    class ThePace {
        private final FlushPace pace = new FlushPace(Duration.ofMillis(200), Duration.ofSeconds(1), 50);

        @Test
        void isShortForFewOrganizations() {
            assertThat(pace.flushAfter(0)).isEqualTo(Duration.ofMillis(200));
            assertThat(pace.flushAfter(10)).isEqualTo(Duration.ofMillis(200));
        }

        @Test
        void lengthensSoThatTheirPutsStayPayable() {
            assertThat(pace.flushAfter(25)).isEqualTo(Duration.ofMillis(500));
        }

        @Test
        void isNeverLongerThanTheLongest() {
            assertThat(pace.flushAfter(10_000)).isEqualTo(Duration.ofSeconds(1));
        }
    }

    private static Waiting waiting(int partition, int sinceMs, Map<OrganizationId, Long> organizations) {
        long bytes = organizations.values().stream().mapToLong(Long::longValue).sum();
        return new Waiting(partition, at(sinceMs), bytes, organizations, false);
    }

    private static Instant at(int ms) {
        return T0.plusMillis(ms);
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }
}

package io.spanlake.segments.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentAssignerTest {
    private static final SegmentLimits LIMITS = new SegmentLimits(1_000, 100, Duration.ofMinutes(10), 400);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
    private static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "d");

    private final KnownSegments known = new KnownSegments(1_000);
    private final AtomicLong names = new AtomicLong();

    @Test
    void newTracesOfAnObjectShareASegment() {
        var placing = place(NOW, load(LOGS, 1, 1, 10), load(LOGS, 2, 1, 10));

        assertThat(segment(placing, LOGS, 1)).isEqualTo(segment(placing, LOGS, 2));
    }

    @Test
    void objectsNeverShareASegment() {
        var placing = place(NOW, load(LOGS, 1, 1, 10), load(DATASET, 1, 1, 10));

        assertThat(segment(placing, LOGS, 1)).isNotEqualTo(segment(placing, DATASET, 1));
    }

    @Test
    void aTraceStaysInItsSegmentEvenWhenThatIsClosed() {
        var first = committed(NOW, load(LOGS, 1, 1, 10));

        var later = committed(NOW.plusSeconds(3_600), load(LOGS, 2, 1, 10), load(LOGS, 1, 1, 10));

        assertThat(segment(later, LOGS, 1)).isEqualTo(segment(first, LOGS, 1));
        assertThat(segment(later, LOGS, 2)).isNotEqualTo(segment(first, LOGS, 1));
    }

    @Test
    void whatWasNotCommittedIsNotRemembered() {
        var lost = place(NOW, load(LOGS, 1, 1, 10));

        var again = place(NOW, load(LOGS, 1, 1, 10));

        assertThat(segment(again, LOGS, 1)).isNotEqualTo(segment(lost, LOGS, 1));
    }

    @Test
    void aTraceThatWasForgottenGoesElsewhere() {
        var forgetful = new KnownSegments(1);
        var first = SegmentAssigner.place(forgetful, List.of(load(LOGS, 1, 1, 10)), LIMITS, NOW, this::fresh);
        forgetful.remember(first);
        forgetful.remember(SegmentAssigner.place(forgetful, List.of(load(LOGS, 2, 1, 10)), LIMITS, NOW, this::fresh));

        var again = SegmentAssigner.place(
                forgetful, List.of(load(LOGS, 1, 1, 10)), LIMITS, NOW.plusSeconds(3_600), this::fresh);

        assertThat(segment(again, LOGS, 1)).isNotEqualTo(segment(first, LOGS, 1));
    }

    @Nested
    class ASegmentTakesNoNewTrace {
        @Test
        void onceItHasTheBytes() {
            assertClosedAfter(NOW, load(LOGS, 1, 1, 390), load(LOGS, 2, 1, 390), load(LOGS, 3, 1, 390));
        }

        @Test
        void onceItHasTheRows() {
            assertClosedAfter(NOW, load(LOGS, 1, 100, 10));
        }

        @Test
        void onceItIsOld() {
            assertClosedAfter(NOW.plus(LIMITS.age()), load(LOGS, 1, 1, 10));
        }

        private void assertClosedAfter(Instant later, TraceLoad... loads) {
            var first = committed(NOW, loads);

            var next = committed(later, load(LOGS, 99, 1, 10));

            assertThat(segment(next, LOGS, 99)).isNotEqualTo(segment(first, LOGS, 1));
            assertThat(first.closed()).isSubsetOf(segment(first, LOGS, 1));
            assertThat(next.closed()).containsExactly(segment(first, LOGS, 1));
        }
    }

    @Nested
    class WhenATraceGrowsBig {
        @Test
        void itGetsASegmentOfItsOwnAndStaysThere() {
            var small = committed(NOW, load(LOGS, 1, 1, 300), load(LOGS, 2, 1, 10));
            var big = committed(NOW, load(LOGS, 1, 1, 300));
            var bigger = committed(NOW, load(LOGS, 1, 1, 300), load(LOGS, 3, 1, 10));

            assertThat(segment(big, LOGS, 1)).isNotEqualTo(segment(small, LOGS, 1));
            assertThat(segment(bigger, LOGS, 1)).isEqualTo(segment(big, LOGS, 1));
            assertThat(segment(bigger, LOGS, 3)).isEqualTo(segment(small, LOGS, 2));
        }

        @Test
        void oneThatComesBigSharesWithNobody() {
            var placing = committed(NOW, load(LOGS, 1, 1, 401), load(LOGS, 2, 1, 10));

            assertThat(segment(placing, LOGS, 1)).isNotEqualTo(segment(placing, LOGS, 2));
            assertThat(placing.closed()).containsExactly(segment(placing, LOGS, 1));
        }
    }

    @Test
    void whatWasRecalledGoesOn() {
        var segment = new UUID(9, 9);
        known.recall(LOGS, new OpenSegment(segment, NOW.minusSeconds(60), 10, 100));
        known.recall(new TraceKey(LOGS, 5), new PlacedTrace(new UUID(8, 8), 10, false));

        var placing = place(NOW, load(LOGS, 4, 1, 10), load(LOGS, 5, 1, 10));

        assertThat(segment(placing, LOGS, 4)).isEqualTo(segment);
        assertThat(segment(placing, LOGS, 5)).isEqualTo(new UUID(8, 8));
    }

    private Placing committed(Instant now, TraceLoad... loads) {
        var placing = place(now, loads);
        known.remember(placing);
        return placing;
    }

    private Placing place(Instant now, TraceLoad... loads) {
        return SegmentAssigner.place(known, List.of(loads), LIMITS, now, this::fresh);
    }

    private UUID fresh() {
        return new UUID(1, names.incrementAndGet());
    }

    private static TraceLoad load(ObjectRef object, long trace, long rows, long bytes) {
        return new TraceLoad(new TraceKey(object, trace), rows, bytes);
    }

    private static UUID segment(Placing placing, ObjectRef object, long trace) {
        return Objects.requireNonNull(placing.traces().get(new TraceKey(object, trace)))
                .segment();
    }
}

package io.spanlake.segments.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.LogOffset;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.look.PlannedStretch;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.place.SegmentLimits;
import io.spanlake.segments.plan.Backlog;
import io.spanlake.segments.read.ReadCut;
import io.spanlake.segments.read.ReadStretch;
import io.spanlake.storage.wal.StampSum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CutFolderTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(7, 0));
    private static final OrganizationId ANOTHER = new OrganizationId(new UUID(7, 1));
    private static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
    private static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "d");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicLong names = new AtomicLong();
    private final CutFolder folder = new CutFolder(
            new SegmentLimits(1 << 20, 1_000, Duration.ofMinutes(10), 1 << 19),
            () -> NOW,
            () -> new UUID(1, names.incrementAndGet()),
            new SegmentsMetrics(new SimpleMeterRegistry()));

    @Test
    void whatKeepsVersionsHasAStateForEachTransaction() {
        var first = write(DATASET, "r", "t", 1, WriteKind.FULL, "{\"input\":1}");
        var patch = ByteSlice.ofUtf8("{\"output\":2}");
        var stamp = new Stamp(TransactionId.of(1_790_000_009L, 1), 0);
        var second = new Write(DATASET, "r", Optional.of("t"), stamp, WriteKind.MERGE, patch);

        var folded = fold(Map.of(ORGANIZATION, List.of(second, first, first)));

        assertThat(rows(folded, ORGANIZATION))
                .extracting(RowState::stamps)
                .containsExactlyInAnyOrder(List.of(first.stamp()), List.of(second.stamp()));
    }

    @Test
    void theWritesOfARowAreOneStateWhateverTheirOrder() {
        var start = write(LOGS, "r", "t", 1, WriteKind.FULL, "{\"input\":1}");
        var end = write(LOGS, "r", "t", 2, WriteKind.MERGE, "{\"output\":2}");

        var folded = fold(Map.of(ORGANIZATION, List.of(end, start)));

        assertThat(rows(folded, ORGANIZATION)).singleElement().satisfies(row -> {
            assertThat(row.stamps()).containsExactly(start.stamp(), end.stamp());
            assertThat(row.rowId()).isEqualTo("r");
        });
        assertThat(folded.summary().rows()).isEqualTo(1);
    }

    @Test
    void theRowsOfATraceLieSideBySideInTheOrderInWhichTheyCame() {
        var folded = fold(Map.of(
                ORGANIZATION,
                List.of(
                        write(LOGS, "b1", "b", 2, WriteKind.FULL, "{}"),
                        write(LOGS, "a2", "a", 3, WriteKind.FULL, "{}"),
                        write(LOGS, "b2", "b", 4, WriteKind.FULL, "{}"),
                        write(LOGS, "a1", "a", 1, WriteKind.FULL, "{}"))));

        assertThat(rows(folded, ORGANIZATION)).extracting(RowState::rowId).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    void aPatchGoesToTheTraceThatAnotherWriteOfTheCutNames() {
        var folded = fold(Map.of(
                ORGANIZATION,
                List.of(
                        write(LOGS, "r", null, 9, WriteKind.MERGE, "{\"scores\":{}}"),
                        write(LOGS, "r", "t", 1, WriteKind.FULL, "{}"),
                        write(LOGS, "s", "t", 2, WriteKind.FULL, "{}"))));

        assertThat(folded.summary().placing().traces()).hasSize(1);
    }

    @Test
    void eachSegmentHasRowsOfOneObject() {
        var folded = fold(Map.of(
                ORGANIZATION,
                List.of(
                        write(LOGS, "r", "t", 1, WriteKind.FULL, "{}"),
                        write(DATASET, "r", "t", 2, WriteKind.FULL, "{}"))));

        assertThat(folded.segments().getOrDefault(ORGANIZATION, List.of()))
                .extracting(SegmentRows::object)
                .containsExactlyInAnyOrder(LOGS, DATASET);
        assertThat(folded.segments().getOrDefault(ORGANIZATION, List.of()))
                .extracting(SegmentRows::segment)
                .doesNotHaveDuplicates();
    }

    @Test
    void organizationsAreKeptApart() {
        var folded = fold(Map.of(
                ORGANIZATION, List.of(write(LOGS, "r", "t", 1, WriteKind.FULL, "{}")),
                ANOTHER, List.of(write(DATASET, "s", "t", 2, WriteKind.FULL, "{}"))));

        assertThat(rows(folded, ORGANIZATION)).extracting(RowState::object).containsExactly(LOGS);
        assertThat(rows(folded, ANOTHER)).extracting(RowState::object).containsExactly(DATASET);
    }

    @Nested
    class TheBalance {
        @Test
        void countsWhatALaterDeleteMakesForget() {
            var full = write(LOGS, "r", "t", 1, WriteKind.FULL, "{}");
            var delete = write(LOGS, "r", "t", 2, WriteKind.DELETE, "{}");

            var balance =
                    fold(Map.of(ORGANIZATION, List.of(full, delete))).summary().balance();

            assertThat(balance.live()).isEqualTo(StampSum.of(List.of(delete)));
            assertThat(balance.folded()).isEqualTo(StampSum.of(List.of(full)));
        }

        @Test
        void countsAWriteThatCameTwice() {
            var full = write(LOGS, "r", "t", 1, WriteKind.FULL, "{}");

            var balance =
                    fold(Map.of(ORGANIZATION, List.of(full, full))).summary().balance();

            assertThat(balance.live()).isEqualTo(StampSum.of(List.of(full)));
            assertThat(balance.folded()).isEqualTo(StampSum.of(List.of(full)));
        }

        @Test
        void thatDoesNotHoldFailsThePartitionAndNoOther() {
            var full = write(LOGS, "r", "t", 1, WriteKind.FULL, "{}");
            var wrong = stretch(0, Map.of(ORGANIZATION, List.of(full)), 1);
            var right = stretch(1, Map.of(ORGANIZATION, List.of(full)), StampSum.of(List.of(full)));

            var folded = folder.fold(new ReadCut(List.of(wrong, right), List.of()));

            assertThat(folded.failed()).extracting(Claim::partition).containsExactly(0);
            assertThat(folded.stretches())
                    .singleElement()
                    .satisfies(stretch -> assertThat(
                                    stretch.summary().read().claim().partition())
                            .isEqualTo(1));
        }
    }

    @Test
    void malformedJsonFailsThePartitionAndNoOther() {
        var broken = List.of(
                write(LOGS, "r", "t", 1, WriteKind.FULL, "{\"a\":"), write(LOGS, "r", "t", 2, WriteKind.MERGE, "{}"));

        var folded = folder.fold(new ReadCut(
                List.of(stretch(0, Map.of(ORGANIZATION, broken), StampSum.of(broken)), stretch(1, Map.of(), 0)),
                List.of()));

        assertThat(folded.failed()).extracting(Claim::partition).containsExactly(0);
        assertThat(folded.stretches()).hasSize(1);
    }

    private FoldedStretch fold(Map<OrganizationId, List<Write>> writes) {
        long sum = writes.values().stream().mapToLong(StampSum::of).sum();
        var folded = folder.fold(new ReadCut(List.of(stretch(0, writes, sum)), List.of()));
        assertThat(folded.failed()).isEmpty();
        return folded.stretches().getFirst();
    }

    private static ReadStretch stretch(int partition, Map<OrganizationId, List<Write>> writes, long stampSum) {
        var planned = new PlannedStretch(
                new Claim(partition, 1), Backlog.emptyAt(partition, new LogOffset(1, 0)), new KnownSegments(100), 1);
        return new ReadStretch(new ReadStretch.Summary(planned, 1, 1, 1, stampSum, List.of()), writes);
    }

    private static List<RowState> rows(FoldedStretch folded, OrganizationId organization) {
        return folded.segments().getOrDefault(organization, List.of()).stream()
                .flatMap(segment -> segment.rows().stream())
                .toList();
    }

    private static Write write(
            ObjectRef object, String row, @Nullable String trace, int position, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(1_790_000_000L, 1), position);
        return new Write(object, row, Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }
}

package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.model.TransactionId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectSnapshotsTest {
    private static final long WINDOW_SECONDS = 30;

    Stages stages;

    @BeforeAll
    void open() {
        stages = new Stages();
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void twoPartitions() {
        stages.begin(2);
    }

    @Test
    void anObjectThatNobodyWroteToIsEmpty() {
        var snapshot = stages.snapshot(OBJECT);

        assertThat(snapshot.version()).isZero();
        assertThat(snapshot.whole()).isTrue();
        assertThat(snapshot.wal()).hasSize(2);
        assertThat(snapshot.processed()).containsOnlyKeys(0, 1);
        assertThat(snapshot.walSections()).isEmpty();
    }

    @Test
    void aWriteStandsInTheLogThenInASectionThenInAPart() {
        var blob = stages.flush(OBJECT, 0, 0, 10, 77);
        var logged = stages.snapshot(OBJECT);
        stages.cut(OBJECT, 0, 0, 10, 77);
        var cut = stages.snapshot(OBJECT);
        await(stages.swaps.swap(
                SwapDraft.on(cut).takeAllSections().put(part(10, 77)).swap()));
        var published = stages.snapshot(OBJECT);

        assertThat(logged.walSections()).containsExactly(new SectionRef(blob, 1_000, 900, 0, 1, 0, 10));
        assertThat(logged.sections()).isEmpty();
        assertThat(cut.walSections()).isEmpty();
        assertThat(cut.processed()).containsEntry(0, new LogOffset(1, 10));
        assertThat(cut.sections()).singleElement().satisfies(section -> {
            assertThat(section.section()).isEqualTo(Stages.section(OBJECT, 0, 0, 10, 77));
            assertThat(section.carried()).isFalse();
            assertThat(section.blobBytes()).isEqualTo(2_000);
        });
        assertThat(published.sections()).isEmpty();
        assertThat(published.parts()).hasSize(1);
        assertThat(published.version()).isEqualTo(1);
    }

    @Nested
    class ForAReaderThatKnowsTheVersion {
        @Test
        void onlyWhatIsNewIsGiven() {
            var before = stages.publishPart(OBJECT, 0, 0, 10, 70);
            stages.flush(OBJECT, 0, 10, 20, 7);
            stages.cut(OBJECT, 0, 10, 20, 7);
            stages.flush(OBJECT, 0, 20, 30, 5);

            var next = await(stages.snapshots.snapshot(OBJECT, before.known()));

            assertThat(next.whole()).isFalse();
            assertThat(next.parts()).isEmpty();
            assertThat(next.sections()).hasSize(1);
            assertThat(next.walSections())
                    .extracting(SectionRef::first, SectionRef::next)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(20L, 30L));
            assertThat(await(stages.snapshots.snapshot(OBJECT, next.known())).sections())
                    .isEmpty();
        }

        @Test
        void aCutOfWhatItHasReadFromTheLogIsGivenAsASectionAndNotAsLog() {
            stages.flush(OBJECT, 0, 0, 10, 70);
            var before = stages.snapshot(OBJECT);
            stages.cut(OBJECT, 0, 0, 10, 70);

            var next = await(stages.snapshots.snapshot(OBJECT, before.known()));

            assertThat(next.walSections()).isEmpty();
            assertThat(next.sections()).hasSize(1);
        }

        @Test
        void everythingIsGivenWhereSomethingWasPublishedSince() {
            var before = stages.publishPart(OBJECT, 0, 0, 10, 70);
            stages.publishPart(OBJECT, 0, 10, 20, 7);
            stages.flush(OBJECT, 0, 20, 30, 5);
            stages.cut(OBJECT, 0, 20, 30, 5);

            var next = await(stages.snapshots.snapshot(OBJECT, before.known()));

            assertThat(next.whole()).isTrue();
            assertThat(next.parts()).hasSize(2);
            assertThat(next.sections()).hasSize(1);
        }
    }

    @Nested
    class WhatIsClosed {
        private final TransactionId noon = before(NOON);

        private TransactionId before(Instant time) {
            return TransactionId.of(time.getEpochSecond() - WINDOW_SECONDS, 0);
        }

        @Test
        void isProcessedOnlyWhereTheCutsHavePassedIt() {
            stages.flush(OBJECT, 0, 0, 10, 70);
            stages.wal.readToEnd(Map.of(0, 1L, 1, 1L), NOON.plusSeconds(60)).block();

            var logged = stages.snapshot(OBJECT);
            stages.cut(OBJECT, 0, 0, 10, 70);
            var cut = stages.snapshot(OBJECT);
            stages.flush(OTHER, 0, 10, 20, 5);
            var more = stages.snapshot(OBJECT);

            assertThat(logged.closed()).isEqualTo(before(NOON.plusSeconds(60)));
            assertThat(logged.processedClosed()).isEqualTo(TransactionId.of(0, 0));
            assertThat(cut.processedClosed()).isEqualTo(cut.closed());
            // The write that waits may be as old as the cut, but no older.
            assertThat(more.processedClosed()).isEqualTo(noon);
        }

        @Test
        void isNotSettledBySectionsThatStayBehind() {
            stages.wal
                    .readToEnd(Map.of(0, 1L, 1, 1L), NOON.plusSeconds(86_400L * 365))
                    .block();
            stages.flush(OBJECT, 0, 0, 10, 70);
            stages.flush(OBJECT, 0, 10, 20, 7);
            stages.cut(OBJECT, 0, 0, 10, 70);
            stages.cut(OBJECT, 0, 10, 20, 7);
            var snapshot = stages.snapshot(OBJECT);
            var first = snapshot.sections().getFirst();
            var second = snapshot.sections().getLast();

            assertThat(snapshot.settledBy(Set.of(first.id(), second.id()))).isEqualTo(snapshot.processedClosed());
            assertThat(snapshot.settledBy(Set.of(first.id())))
                    .isEqualTo(second.section().minStamp().transaction());
        }
    }
}

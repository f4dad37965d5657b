package io.spanlake.catalog.processed;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.SEGMENT;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.range;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.BlobDoomedException;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.UnbalancedException;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessedCommitsTest {
    private static final String SECTIONS =
            "select partition, first_offset, next_offset, stamp_sum from" + " processed_sections order by 1, 2";
    private static final String POSITIONS =
            "select partition, incarnation, processed_offset from processed_positions order by 1";

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
    void threePartitions() {
        stages.begin(3);
    }

    @Test
    void aCutMovesThePositionAndListsItsSections() {
        stages.flush(OBJECT, 0, 0, 10, 70);
        stages.flush(OBJECT, 0, 10, 15, 7);
        var blob = processedBlob(section(OBJECT, 0, 0, 15, 77));

        var done = await(stages.processed.commit(Cuts.of(List.of(range(0, 0, 15, 77)), List.of(blob))));

        assertThat(done).isEqualTo(new CommittedCuts(Set.of(0), Set.of()));
        assertThat(stages.catalog.rows(POSITIONS)).containsExactly("0 1 15", "1 1 0", "2 1 0");
        assertThat(stages.catalog.rows(SECTIONS)).containsExactly("0 0 15 77");
        assertThat(stages.blobs("live")).contains(blob.name());
        assertThat(stages.catalog.rows("select rows, raw_bytes, closed_at is null from segments"))
                .containsExactly("15 500 t");
        assertThat(stages.catalog.rows("select object_id, version from published_objects"))
                .containsExactly(OBJECT.id() + " 0");
    }

    @Test
    void sumsWrapAround() {
        stages.flush(OBJECT, 0, 0, 10, Long.MAX_VALUE);
        stages.flush(OTHER, 0, 10, 20, Long.MAX_VALUE);
        var blob = processedBlob(section(OBJECT, 0, 0, 20, Long.MAX_VALUE), section(OTHER, 0, 0, 20, Long.MAX_VALUE));

        var done = await(stages.processed.commit(Cuts.of(List.of(range(0, 0, 20, -2)), List.of(blob))));

        assertThat(done.committed()).containsExactly(0);
    }

    @Test
    void aCutWithoutWritesMovesThePositionAlone() {
        await(stages.wal.commit(List.of(new FlushedRange(1, 1, 0, 8, 1, NOON)), List.of()));

        await(stages.processed.commit(Cuts.of(List.of(range(1, 0, 8, 0)), List.of())));

        assertThat(stages.catalog.rows(POSITIONS)).contains("1 1 8");
        assertThat(stages.catalog.rows("select * from processed_objects")).isEmpty();
    }

    @Test
    void whatWasReplacedIsFoldedAndTheSumsStillHold() {
        stages.flush(OBJECT, 0, 0, 10, 77);
        var range = new CutRange(0, 1, 0, 10, 1, new Balance(77, 50, 27, 0));

        var done = await(stages.processed.commit(
                Cuts.of(List.of(range), List.of(processedBlob(section(OBJECT, 0, 0, 10, 50))))));

        assertThat(done.committed()).containsExactly(0);
    }

    @Nested
    class WhenSomethingDoesNotAddUp {
        @Test
        void aSumThatIsNotTheLogsIsRefusedForAll() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            stages.flush(OBJECT, 1, 0, 10, 5);
            var blob = processedBlob(section(OBJECT, 0, 0, 10, 78), section(OBJECT, 1, 0, 10, 5));
            var cuts = Cuts.of(List.of(range(0, 0, 10, 78), range(1, 0, 10, 5)), List.of(blob));

            assertThatThrownBy(() -> await(stages.processed.commit(cuts)))
                    .isInstanceOf(UnbalancedException.class)
                    .hasMessageContaining("not the sum of the log");
            assertThat(stages.catalog.rows(POSITIONS)).containsExactly("0 1 0", "1 1 0", "2 1 0");
            assertThat(stages.catalog.rows("select * from processed_objects")).isEmpty();
        }

        @Test
        void sectionsThatHaveLessThanTheCutSaysAreRefused() {
            var cuts = Cuts.of(List.of(range(0, 0, 10, 77)), List.of(processedBlob(section(OBJECT, 0, 0, 10, 76))));

            assertThatThrownBy(() -> stages.processed.commit(cuts)).isInstanceOf(UnbalancedException.class);
        }

        @Test
        void aCutThroughASectionIsRefused() {
            stages.flush(OBJECT, 0, 0, 10, 77);

            assertThatThrownBy(() -> stages.cut(OBJECT, 0, 0, 5, 77))
                    .isInstanceOf(UnbalancedException.class)
                    .hasMessageContaining("not at the end of a section");
        }

        @Test
        void aCutBeyondTheLogIsRefused() {
            stages.flush(OBJECT, 0, 0, 10, 77);

            assertThatThrownBy(() -> stages.cut(OBJECT, 0, 0, 11, 77))
                    .isInstanceOf(UnbalancedException.class)
                    .hasMessageContaining("beyond the end of the log");
        }

        @Test
        void aSectionOutsideOfTheCutsIsAnErrorOfTheCaller() {
            var cuts = Cuts.of(List.of(range(0, 0, 10, 0)), List.of(processedBlob(section(OBJECT, 0, 0, 9, 0))));

            assertThatThrownBy(() -> stages.processed.commit(cuts)).hasMessageContaining("none of the cuts");
        }
    }

    @Nested
    class WhenAnotherProcessorTookThePartition {
        @Test
        void theZombieIsRefusedAndTheOtherPartitionsGoOn() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            stages.flush(OBJECT, 1, 0, 10, 5);
            await(stages.processed.claim(List.of(0), "b"));
            var lost = processedBlob(section(OBJECT, 0, 0, 10, 77));
            var kept = processedBlob(section(OTHER, 1, 0, 10, 5));

            var done = await(stages.processed.commit(
                    Cuts.of(List.of(range(0, 0, 10, 77), range(1, 0, 10, 5)), List.of(lost, kept))));

            assertThat(done).isEqualTo(new CommittedCuts(Set.of(1), Set.of(0)));
            assertThat(stages.catalog.rows(SECTIONS)).containsExactly("1 0 10 5");
            assertThat(stages.blobs("live")).contains(kept.name()).doesNotContain(lost.name());
        }

        @Test
        void aZombieWhoseSumIsWrongIsOnlyAZombie() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            await(stages.processed.claim(List.of(0), "b"));

            assertThat(stages.cut(OBJECT, 0, 0, 10, 1).refused()).containsExactly(0);
        }

        @Test
        void theNextOneGoesOnWhereTheLastOneWas() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            stages.cut(OBJECT, 0, 0, 10, 77);

            var theirs = await(stages.processed.claim(List.of(0), "b"));

            assertThat(theirs.get(0)).isEqualTo(new ProcessedPosition(0, new LogOffset(1, 10), 2));
            assertThat(await(stages.processed.positions())).hasSize(3);
        }
    }

    @Nested
    class WhenACutIsRepeated {
        @Test
        void theAnswerIsThatOfTheFirstTime() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            var cuts = Cuts.of(List.of(range(0, 0, 10, 77)), List.of(processedBlob(section(OBJECT, 0, 0, 10, 77))));
            await(stages.processed.commit(cuts));

            assertThat(await(stages.processed.commit(cuts)).committed()).containsExactly(0);
            assertThat(stages.catalog.rows(SECTIONS)).hasSize(1);
        }

        @Test
        void theSameCutInOtherBlobsIsRefused() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            stages.cut(OBJECT, 0, 0, 10, 77);

            assertThat(stages.cut(OBJECT, 0, 0, 10, 77).refused()).containsExactly(0);
            assertThat(stages.catalog.rows("select count(*) from processed_objects"))
                    .containsExactly("1");
        }

        @Test
        void theAnswerStaysWhenASwapHasTakenItsSections() {
            stages.flush(OBJECT, 0, 0, 10, 77);
            var cuts = Cuts.of(List.of(range(0, 0, 10, 77)), List.of(processedBlob(section(OBJECT, 0, 0, 10, 77))));
            await(stages.processed.commit(cuts));
            stages.catalog.server.execute("delete from processed_sections");

            assertThat(await(stages.processed.commit(cuts)).committed()).containsExactly(0);
        }
    }

    @Test
    void aBlobThatTheSweeperHasGivenUpIsNotListed() {
        stages.flush(OBJECT, 0, 0, 10, 77);
        var blob = processedBlob(section(OBJECT, 0, 0, 10, 77));
        assertThat(await(stages.sweeps.doom(List.of(blob.name())))).containsExactly(blob.name());

        assertThatThrownBy(() -> await(stages.processed.commit(Cuts.of(List.of(range(0, 0, 10, 77)), List.of(blob)))))
                .isInstanceOf(BlobDoomedException.class);
        assertThat(stages.catalog.rows(POSITIONS)).contains("0 1 0");
    }

    @Test
    void whatCannotBeReadIsSaidOfItsObjectAndTheCutGoesOn() {
        var wal = stages.flush(OBJECT, 0, 0, 10, 70);
        stages.flush(OTHER, 0, 10, 20, 7);
        var gap = new UnreadableWrites(OBJECT, wal, 0, 1, 0, 10, 10, 70, "checksum");
        var range = new CutRange(0, 1, 0, 20, 1, new Balance(77, 7, 0, 70));

        var done = await(stages.processed.commit(
                new Cuts(List.of(range), List.of(processedBlob(section(OTHER, 0, 0, 20, 7))), List.of(gap), Set.of())));

        assertThat(done.committed()).containsExactly(0);
        assertThat(stages.snapshot(OBJECT).unreadable()).singleElement().satisfies(found -> {
            assertThat(found.walObject()).isEqualTo(wal);
            assertThat(found.reason()).isEqualTo("checksum");
            assertThat(found.writes()).isEqualTo(10);
        });
        assertThat(stages.snapshot(OTHER).unreadable()).isEmpty();
    }

    @Test
    void aSegmentGrowsWithItsCutsAndIsClosedOnce() {
        stages.flush(OBJECT, 0, 0, 10, 70);
        stages.flush(OBJECT, 0, 10, 20, 7);
        stages.cut(OBJECT, 0, 0, 10, 70);

        await(stages.processed.commit(new Cuts(
                List.of(range(0, 10, 20, 7)),
                List.of(processedBlob(section(OBJECT, 0, 10, 20, 7))),
                List.of(),
                Set.of(SEGMENT))));

        assertThat(stages.catalog.rows("select rows, raw_bytes, closed_at is null from segments"))
                .containsExactly("20 1000 f");
    }

    @Nested
    class WhatWaits {
        @Test
        void isGivenRangeByRangeWithTheObjectsOfEachSection() {
            var first = stages.flush(OBJECT, 0, 0, 10, 70);
            stages.flush(OTHER, 0, 10, 20, 7);
            await(stages.wal.commit(List.of(new FlushedRange(0, 1, 20, 25, 1, NOON)), List.of()));

            var all = await(stages.processed.sectionsAfter(0, new LogOffset(1, 0), 10));
            var one = await(stages.processed.sectionsAfter(0, new LogOffset(1, 0), 1));

            assertThat(all.sections()).hasSize(2);
            assertThat(all.sections().getFirst())
                    .isEqualTo(new PendingSection(
                            first, ORGANIZATION, 1_000, 900, 0, 1, 0, 10, 10, 70, Map.of(OBJECT, 10L)));
            assertThat(List.of(all.first(), all.end())).containsExactly(0L, 25L);
            assertThat(all.more()).isFalse();
            assertThat(one.sections()).hasSize(1);
            assertThat(one.end()).isEqualTo(10);
            assertThat(one.more()).isTrue();
            assertThat(await(stages.processed.sectionsAfter(0, new LogOffset(1, 25), 10))
                            .nothing())
                    .isTrue();
        }

        @Test
        void isNothingWhereNobodyEverWrote() {
            var pending = await(stages.processed.sectionsAfter(7, new LogOffset(1, 0), 10));

            assertThat(pending).isEqualTo(new Pending(7, 1, 0, 0, List.of(), false));
        }

        @Test
        void goesOnInTheNextIncarnationWhereTheLastOneIsDone() {
            stages.flush(OBJECT, 0, 0, 10, 70);
            stages.wal.stop(0, 1, "made anew").block();
            await(stages.wal.repair(0, 4, "made anew"));
            var mine = Objects.requireNonNull(
                    await(stages.wal.claim(List.of(0), "a")).get(0));
            var blob = new WalObject(
                    Stages.name("wal"), ORGANIZATION, 1_000, 900, List.of(new WalSection(0, 2, 3, Map.of(OBJECT, 2L))));
            await(stages.wal.commit(List.of(new FlushedRange(0, 2, 4, 6, mine.epoch(), NOON)), List.of(blob)));

            var old = await(stages.processed.sectionsAfter(0, new LogOffset(1, 0), 10));
            assertThat(List.of((long) old.incarnation(), old.first(), old.end()))
                    .containsExactly(1L, 0L, 10L);
            var early = new CutRange(0, 2, 4, 6, 1, new Balance(3, 0, 3, 0));
            assertThat(await(stages.processed.commit(Cuts.of(List.of(early), List.of())))
                            .refused())
                    .containsExactly(0);

            stages.cut(OBJECT, 0, 0, 10, 70);
            var next = await(stages.processed.sectionsAfter(0, new LogOffset(1, 10), 10));
            assertThat(List.of((long) next.incarnation(), next.first(), next.end()))
                    .containsExactly(2L, 4L, 6L);
            assertThat(await(stages.processed.commit(Cuts.of(List.of(early), List.of())))
                            .committed())
                    .containsExactly(0);
            assertThat(stages.catalog.rows(POSITIONS)).contains("0 2 6");
        }
    }
}

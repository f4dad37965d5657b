package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.at;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.CatalogFixture.range;
import static io.spanlake.catalog.CatalogFixture.walObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalCommitsTest {
    CatalogFixture catalog;
    WalCommits commits;
    WalSnapshots snapshots;
    Map<Integer, WalPosition> mine;

    @BeforeAll
    void open() {
        catalog = new CatalogFixture();
        commits = new PostgresWalCommits(catalog.database);
        snapshots = new PostgresWalSnapshots(catalog.database);
    }

    @AfterAll
    void close() {
        catalog.close();
    }

    @BeforeEach
    void freshPartitions() {
        catalog.server.execute(
                "truncate wal_positions, wal_epochs, wal_objects, wal_sections, wal_section_objects, blobs,"
                        + " gaps restart identity");
        mine = claim("a", 0, 1, 2, 3);
    }

    @Test
    void aPartitionThatIsNewBeginsAtItsFirstIncarnation() {
        assertThat(mine).hasSize(4);
        assertThat(at(mine, 3)).isEqualTo(new WalPosition(3, 1, 0, 1, Optional.empty()));
    }

    @Test
    void aFlushMovesEachOffsetAndListsItsSections() {
        var object = walObject(OBJECT, 0, 2);

        var committed = commit(List.of(range(at(mine, 0), 10), range(at(mine, 2), 5)), object);

        assertThat(committed).isEqualTo(new CommittedFlush(Set.of(0, 2), Set.of()));
        assertThat(offsets()).containsExactly("0 10", "1 0", "2 5", "3 0");
        assertThat(catalog.rows(
                        "select partition, first_offset, next_offset, writes, stamp_sum from wal_sections order by 1"))
                .containsExactly("0 0 10 3 77", "2 0 5 3 79");
        assertThat(await(snapshots.snapshot(OBJECT, Map.of())).sections())
                .containsExactly(
                        new SectionRef(object.name(), 1_000, 900, 0, 1, 0, 10),
                        new SectionRef(object.name(), 1_000, 900, 2, 1, 0, 5));
        assertThat(catalog.rows("select name, state from blobs")).containsExactly(object.name() + " live");
    }

    @Test
    void aRangeWithoutWritesMovesTheOffsetAlone() {
        commit(List.of(range(at(mine, 1), 8)));

        assertThat(offsets()).contains("1 8");
        assertThat(catalog.rows("select * from wal_objects")).isEmpty();
    }

    @Test
    void manyObjectsOfOneFlushAreListedEachWithItsOwnSections() {
        var first = walObject(OBJECT, 0, 1);
        var second = walObject(OTHER, 1, 2);

        commit(List.of(range(at(mine, 0), 1), range(at(mine, 1), 2), range(at(mine, 2), 3)), first, second);

        assertThat(catalog.rows("""
                        select o.name, s.partition, i.object_type from wal_sections s join wal_objects o on o.id = s.wal_object
                        join wal_section_objects i on i.wal_object = o.id and i.partition = s.partition order by 1, 2"""))
                .containsExactlyInAnyOrder(
                        first.name() + " 0 project_logs",
                        first.name() + " 1 project_logs",
                        second.name() + " 1 dataset",
                        second.name() + " 2 dataset");
    }

    @Test
    void anOffsetThatDoesNotFollowIsRefused() {
        commit(List.of(range(at(mine, 0), 10)));

        var skipping = new FlushedRange(0, 1, 11, 20, 1, NOON);
        var repeating = new FlushedRange(0, 1, 5, 20, 1, NOON);

        assertThat(commit(List.of(skipping), walObject(OBJECT, 0)).refused()).containsExactly(0);
        assertThat(commit(List.of(repeating), walObject(OBJECT, 0)).refused()).containsExactly(0);
        assertThat(catalog.rows("select * from wal_objects")).isEmpty();
    }

    @Test
    void whatIsNoFlushIsAnErrorOfTheCaller() {
        var twice = List.of(range(at(mine, 0), 1), range(at(mine, 0), 2));

        assertThatThrownBy(() -> commits.commit(twice, List.of())).hasMessageContaining("partition 0 stands twice");
        assertThatThrownBy(() -> commits.commit(List.of(range(at(mine, 0), 1)), List.of(walObject(OBJECT, 1))))
                .hasMessageContaining("partition 1 that is in no range");
    }

    @Nested
    class WhenTheTopicWasMadeAnew {
        private static final UUID OLD = new UUID(1, 1);
        private static final UUID NEW = new UUID(2, 2);

        private WalPosition claim(UUID topic) {
            return at(await(commits.claim(List.of(0), "b", Optional.of(new WritesTopic(topic, 4)))), 0);
        }

        @Test
        void theFirstWhoKnowsTheTopicSaysWhichItIs() {
            assertThat(claim(OLD).stopped()).isEmpty();
            assertThat(claim(OLD).stopped()).isEmpty();
            assertThat(at(await(commits.claim(List.of(0), "c")), 0).stopped()).isEmpty();
        }

        @Test
        void thePartitionStopsHoweverWellTheOffsetFits() {
            commit(List.of(range(claim(OLD), 10)), walObject(OBJECT, 0));

            var stopped = claim(NEW);

            assertThat(stopped.stopped().orElseThrow())
                    .isEqualTo("the topic was made anew: it is %s, offset 10 was of %s".formatted(NEW, OLD));
            assertThat(commit(List.of(range(stopped, 20)), walObject(OBJECT, 0)).refused())
                    .containsExactly(0);
            assertThat(claim(OLD).stopped()).isPresent();
        }

        @Test
        void theRepairLeavesItToTheNextClaimWhichTopicItIs() {
            claim(OLD);
            claim(NEW);

            await(commits.repair(0, 0, "made anew"));

            assertThat(claim(NEW).stopped()).isEmpty();
            assertThat(claim(OLD).stopped()).isPresent();
        }
    }

    @Nested
    class WhenAnotherOwnerTookThePartition {
        @Test
        void theZombieIsRefusedAndNothingBecomesVisible() {
            claim("b", 0, 1, 2, 3);

            var committed = commit(List.of(range(at(mine, 0), 10)), walObject(OBJECT, 0));

            assertThat(committed).isEqualTo(new CommittedFlush(Set.of(), Set.of(0)));
            assertThat(offsets()).contains("0 0");
            assertThat(catalog.rows("select * from blobs")).isEmpty();
            assertThat(catalog.rows("select * from wal_objects")).isEmpty();
        }

        @Test
        void theNewOwnerGoesOnWhereTheOldOneWas() {
            commit(List.of(range(at(mine, 0), 10)), walObject(OBJECT, 0));

            var theirs = claim("b", 0);
            var committed = commit(List.of(range(at(theirs, 0), 15)), walObject(OBJECT, 0));

            assertThat(at(theirs, 0).offset()).isEqualTo(10);
            assertThat(at(theirs, 0).epoch()).isEqualTo(2);
            assertThat(committed.committed()).containsExactly(0);
        }

        @Test
        void losingOnePartitionLeavesTheOthers() {
            claim("b", 1);
            var both = walObject(OBJECT, 0, 1);
            var lost = walObject(OTHER, 1);

            var committed = commit(List.of(range(at(mine, 0), 10), range(at(mine, 1), 10)), both, lost);

            assertThat(committed).isEqualTo(new CommittedFlush(Set.of(0), Set.of(1)));
            assertThat(offsets()).contains("0 10", "1 0");
            assertThat(catalog.rows("select name from blobs")).containsExactly(both.name());
            assertThat(catalog.rows("select partition from wal_sections")).containsExactly("0");
            assertThat(catalog.rows("select partition from wal_section_objects"))
                    .containsExactly("0");
        }
    }

    @Nested
    class WhenAFlushIsCommittedAgain {
        @Test
        void theAnswerIsTheFirstOneAndNothingIsDoubled() {
            claim("b", 1);
            var ranges = List.of(range(at(mine, 0), 10), range(at(mine, 1), 10), range(at(mine, 2), 10));
            var object = walObject(OBJECT, 0, 1);

            var first = commit(ranges, object);
            var second = commit(ranges, object);

            assertThat(first).isEqualTo(new CommittedFlush(Set.of(0, 2), Set.of(1)));
            assertThat(second).isEqualTo(first);
            assertThat(catalog.rows("select partition from wal_sections")).containsExactly("0");
        }

        @Test
        void itIsRecognisedAfterLaterFlushesAndOwners() {
            var ranges = List.of(range(at(mine, 0), 10), range(at(mine, 1), 10));
            var object = walObject(OBJECT, 0);
            var first = commit(ranges, object);
            commit(List.of(new FlushedRange(0, 1, 10, 20, 1, NOON), new FlushedRange(1, 1, 10, 20, 1, NOON)));
            var theirs = claim("b", 0, 1);
            commit(List.of(range(at(theirs, 0), 30), range(at(theirs, 1), 30)), walObject(OBJECT, 0));
            claim("c", 0, 1);

            assertThat(commit(ranges, object)).isEqualTo(first);
        }

        @Test
        void anEmptyRangeThatAnotherOwnerMovedIsNotTakenForOurs() {
            var theirs = claim("b", 0);
            commit(List.of(range(at(theirs, 0), 30)));

            assertThat(commit(List.of(range(at(mine, 0), 10))).refused()).containsExactly(0);

            var last = claim("c", 0);
            var before = new FlushedRange(0, 1, 0, 30, at(last, 0).epoch(), NOON);
            assertThat(commit(List.of(before)).refused()).containsExactly(0);
        }

        @Test
        void otherWritesOfTheSameRangeAreNotTakenForTheFirst() {
            var ranges = List.of(range(at(mine, 0), 10));
            commit(ranges, walObject(OBJECT, 0));

            assertThat(commit(ranges, walObject(OBJECT, 0)).refused()).containsExactly(0);
        }
    }

    @Nested
    class WhenTheSweeperWasFaster {
        @Test
        void theCommitFailsAndNamesTheBlob() {
            var object = walObject(OBJECT, 0);
            catalog.server.execute("insert into blobs (name, state) values ('%s', 'doomed')".formatted(object.name()));

            assertThatThrownBy(() -> commit(List.of(range(at(mine, 0), 10)), object))
                    .isInstanceOfSatisfying(
                            BlobDoomedException.class,
                            doomed -> assertThat(doomed.names()).containsExactly(object.name()));
            assertThat(offsets()).contains("0 0");

            assertThat(commit(List.of(range(at(mine, 0), 10)), walObject(OBJECT, 0))
                            .committed())
                    .containsExactly(0);
        }
    }

    @Nested
    class WhenAPartitionIsStopped {
        @Test
        void itStandsStillUntilItIsRepaired() {
            commit(List.of(range(at(mine, 0), 10)));
            commits.stop(0, 1, "log cut off").block(WAIT);
            commits.stop(0, 1, "a later reason").block(WAIT);

            assertThat(at(await(snapshots.positions()), 0).stopped()).contains("log cut off");
            assertThat(commit(List.of(new FlushedRange(0, 1, 10, 20, 1, NOON))).refused())
                    .containsExactly(0);
            assertThat(at(claim("b", 0), 0).stopped()).contains("log cut off");
        }

        @Test
        void aStaleEpochStopsNothing() {
            claim("b", 0);

            commits.stop(0, 1, "log cut off").block(WAIT);

            assertThat(at(await(snapshots.positions()), 0).stopped()).isEmpty();
        }

        @Test
        void repairOpensANewIncarnationAndWritesDownWhatIsMissing() {
            commit(List.of(range(at(mine, 0), 10)), walObject(OBJECT, 0));
            commits.stop(0, 1, "log begins at 25").block(WAIT);

            var gap = await(commits.repair(0, 25, "retention"));

            assertThat(gap)
                    .extracting(Gap::partition, Gap::incarnation, Gap::first, Gap::next, Gap::reason)
                    .containsExactly(0, 1, 10L, 25L, "retention");
            assertThat(at(await(snapshots.positions()), 0)).isEqualTo(new WalPosition(0, 2, 25, 2, Optional.empty()));
            assertThat(commit(List.of(new FlushedRange(0, 1, 10, 30, 1, NOON))).refused())
                    .containsExactly(0);
            var theirs = claim("b", 0);
            assertThat(commit(List.of(range(at(theirs, 0), 30)), walObject(OBJECT, 0))
                            .committed())
                    .containsExactly(0);
        }

        @Test
        void aLogThatWasMadeAnewMissesNothingThatIsKnown() {
            commit(List.of(range(at(mine, 0), 10)));
            commits.stop(0, 1, "topic made anew").block(WAIT);

            var gap = await(commits.repair(0, 0, "topic made anew"));

            assertThat(gap.first()).isEqualTo(10);
            assertThat(gap.next()).isEqualTo(10);
            assertThat(await(commits.repair(0, 0, "topic made anew"))).isEqualTo(gap);
        }

        @Test
        void whatIsNotStoppedIsNotRepaired() {
            assertThatThrownBy(() -> commits.repair(0, 25, "retention").block(WAIT))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("partition 0 is not stopped");
        }

        @Test
        void aFlushFromBeforeTheRepairIsStillRecognised() {
            var ranges = List.of(range(at(mine, 0), 10));
            var first = commit(ranges);
            commits.stop(0, 1, "log cut off").block(WAIT);
            commits.repair(0, 25, "retention").block(WAIT);

            assertThat(commit(ranges)).isEqualTo(first);
        }
    }

    @Nested
    class ReadingToTheEnd {
        @Test
        void closesWhatIsOlderThanTheWindow() {
            for (int partition = 0; partition < 4; partition++) {
                commits.readToEnd(Map.of(partition, 1L), NOON.plusSeconds(partition))
                        .block(WAIT);
            }

            assertThat(await(snapshots.snapshot(OBJECT, Map.of())).closed().time())
                    .isEqualTo(NOON.minusSeconds(30));
        }

        /** Else a streamer whose clock is minutes ahead would close what is still being written. */
        @Test
        void isNotBelievedOfATimeThatHasNotComeByTheClockOfTheDatabase() {
            for (int partition = 0; partition < 4; partition++) {
                commits.readToEnd(Map.of(partition, 1L), Instant.now().plusSeconds(300))
                        .block(WAIT);
            }

            assertThat(await(snapshots.snapshot(OBJECT, Map.of())).closed().time())
                    .isBefore(Instant.now().minusSeconds(30 + 8));
        }

        @Test
        void neverGoesBackAndHeedsTheEpoch() {
            commits.readToEnd(Map.of(0, 1L), NOON).block(WAIT);
            commits.readToEnd(Map.of(0, 1L), NOON.minusSeconds(9)).block(WAIT);
            var stale = commits.readToEnd(Map.of(0, 7L, 1, 1L), NOON.plusSeconds(9));

            assertThat(stale.block(WAIT)).containsExactly(0);

            assertThat(catalog.rows(
                            "select extract(epoch from read_until)::int8 from wal_positions where partition = 0"))
                    .containsExactly(String.valueOf(NOON.getEpochSecond()));
        }
    }

    private Map<Integer, WalPosition> claim(String owner, Integer... partitions) {
        return await(commits.claim(List.of(partitions), owner));
    }

    private CommittedFlush commit(List<FlushedRange> ranges, WalObject... objects) {
        return await(commits.commit(ranges, List.of(objects)));
    }

    private List<String> offsets() {
        return catalog.rows("select partition, wal_offset from wal_positions order by 1");
    }
}

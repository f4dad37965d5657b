package io.spanlake.catalog.rebuild;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.file;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.rebuild.LoggedSection.LoggedWrites;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RebuildPlannerTest {
    private static final OrganizationId ANOTHER = new OrganizationId(new UUID(1, 2));
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Map<String, Long> blobs = new HashMap<>();
    private final List<LoggedSection> logged = new ArrayList<>();
    private final List<StoredCheckpoint> checkpoints = new ArrayList<>();
    private final Map<Integer, KafkaLog> kafka = new HashMap<>();

    private RebuiltCatalog plan() {
        return RebuildPlanner.plan(new BlobFacts(blobs, logged, checkpoints, kafka, MARGIN));
    }

    private void log(String name, OrganizationId organization, long first, long next, Instant at, ObjectRef object) {
        log(name, organization, 1, first, next, at, Map.of(object, new LoggedWrites(next - first, 7)));
    }

    private void log(
            String name,
            OrganizationId organization,
            int incarnation,
            long first,
            long next,
            Instant at,
            Map<ObjectRef, LoggedWrites> objects) {
        logged.add(new LoggedSection(name, organization, 100, 90, at, 0, incarnation, first, next, objects));
    }

    private void log(String name, long first, long next) {
        log(name, ORGANIZATION, first, next, NOON, OBJECT);
    }

    private Checkpoint checkpoint(long version, long floor, Checkpoint.Part... parts) {
        return new Checkpoint(
                ORGANIZATION, OBJECT, 1, version, Map.of(0, new LogOffset(1, floor)), List.of(), List.of(parts));
    }

    private static Checkpoint.Part part() {
        return new Checkpoint.Part(file(10, 70), 1, 0, Optional.empty());
    }

    private void store(String name, Checkpoint checkpoint) {
        blobs.putAll(checkpoint.blobs());
        checkpoints.add(new StoredCheckpoint(name, 10, checkpoint));
    }

    private static List<String> names(RebuiltCatalog catalog) {
        return catalog.logged().stream().map(LoggedSection::blobName).sorted().toList();
    }

    private static LogOffset at(Map<Integer, LogOffset> positions) {
        return positions.getOrDefault(0, new LogOffset(0, 0));
    }

    @Test
    void withoutCheckpointsTheLogIsAllThereIs() {
        log("a", 0, 10);
        log("b", 10, 15);

        var catalog = plan();

        assertThat(names(catalog)).containsExactly("a", "b");
        assertThat(at(catalog.wal())).isEqualTo(new LogOffset(1, 15));
        assertThat(at(catalog.processed())).isEqualTo(new LogOffset(1, 0));
        assertThat(catalog.problems()).isEmpty();
    }

    @Nested
    class OfTheLog {
        @Test
        void ofAFlushThatWasPutTwiceOneCounts() {
            log("a", 0, 10);
            log("a-again", 0, 10);

            assertThat(names(plan())).hasSize(1);
        }

        @Test
        void aZombieThatHoldsPartOfTheRangesCountsForNothing() {
            log("a", ORGANIZATION, 0, 10, NOON, OBJECT);
            log("a2", ANOTHER, 0, 10, NOON, OTHER);
            log("b", 10, 20);
            log("zombie", ORGANIZATION, 0, 15, NOON, OBJECT);
            log("zombie2", 15, 20);

            assertThat(names(plan())).containsExactly("a", "a2", "b");
        }

        @Test
        void aZombieDoesNotWinBecauseWhatItHoldsTooWasSwept() {
            store("c1", checkpoint(1, 20, part()));
            log("needed", ANOTHER, 0, 10, NOON, OTHER);
            log("needed2", ANOTHER, 10, 20, NOON, OTHER);
            log("zombie", ORGANIZATION, 0, 15, NOON, OBJECT);
            log("zombie2", ORGANIZATION, 15, 20, NOON, OBJECT);

            assertThat(names(plan())).containsExactly("needed", "needed2");
        }

        @Test
        void whatReachesAcrossAFloorWasNeverCommitted() {
            store("c1", checkpoint(1, 10, part()));
            log("a", 10, 15);
            log("zombie", ORGANIZATION, 5, 30, NOON, OTHER);

            assertThat(names(plan())).containsExactly("a");
        }

        @Test
        void onlyTheObjectsThatNeedASectionAreListed() {
            store("c1", checkpoint(1, 10, part()));
            log(
                    "a",
                    ORGANIZATION,
                    1,
                    0,
                    10,
                    NOON,
                    Map.of(OBJECT, new LoggedWrites(5, 1), OTHER, new LoggedWrites(5, 2)));
            log("b", 10, 20);

            var catalog = plan();

            assertThat(names(catalog)).containsExactly("a", "b");
            assertThat(catalog.logged().getFirst().objects()).containsOnlyKeys(OTHER);
            assertThat(at(catalog.processed())).isEqualTo(new LogOffset(1, 0));
        }

        @Test
        void whatEveryObjectHasInPartsIsNotListed() {
            store("c1", checkpoint(1, 10, part()));
            log("a", 0, 10);
            log("b", 10, 20);

            var catalog = plan();

            assertThat(names(catalog)).containsExactly("b");
            assertThat(at(catalog.processed())).isEqualTo(new LogOffset(1, 10));
        }

        @Test
        void aSweptLogEndsAtTheFloor() {
            store("c1", checkpoint(1, 10, part()));

            assertThat(at(plan().wal())).isEqualTo(new LogOffset(1, 10));
            assertThat(at(plan().processed())).isEqualTo(new LogOffset(1, 10));
        }

        @Test
        void aHoleIsSaid() {
            log("a", 0, 10);
            log("b", 12, 20);

            assertThat(plan().problems()).singleElement().asString().contains("[10, 12)");
        }

        @Test
        void anIncarnationThatEndedIsAGap() {
            log("a", 0, 10);
            log("b", ORGANIZATION, 2, 4, 6, NOON, Map.of(OBJECT, new LoggedWrites(2, 1)));

            var catalog = plan();

            assertThat(at(catalog.wal())).isEqualTo(new LogOffset(2, 6));
            assertThat(catalog.ended()).containsExactly(new RebuiltCatalog.EndedLog(0, 1, 10));
        }
    }

    @Nested
    class WhatWasJustWritten {
        @Test
        void isReadAgainWhereKafkaHasIt() {
            log("a", ORGANIZATION, 0, 10, NOON.minus(Duration.ofHours(1)), OBJECT);
            log("b", 10, 20);
            kafka.put(0, new KafkaLog(5, 1_000));

            var catalog = plan();

            assertThat(names(catalog)).containsExactly("a");
            assertThat(at(catalog.wal())).isEqualTo(new LogOffset(1, 10));
        }

        @Test
        void isKeptWhereKafkaHasItNoMore() {
            log("b", 10, 20);
            kafka.put(0, new KafkaLog(11, 1_000));

            assertThat(names(plan())).containsExactly("b");
        }

        @Test
        void isKeptWhereACheckpointIsAheadOfIt() {
            log("b", ORGANIZATION, 10, 20, NOON, OTHER);
            store("c1", checkpoint(1, 20, part()));
            kafka.put(0, new KafkaLog(0, 1_000));

            assertThat(names(plan())).containsExactly("b");
            assertThat(at(plan().wal())).isEqualTo(new LogOffset(1, 20));
        }
    }

    @Nested
    class OfCheckpoints {
        @Test
        void theNewestCountsWhetherItsSwapWasMadeOrNot() {
            store("c1", checkpoint(1, 10, part()));
            store("c2", checkpoint(2, 20, part()));

            assertThat(plan().published())
                    .extracting(StoredCheckpoint::blobName)
                    .containsExactly("c2");
        }

        @Test
        void oneThatLacksABlobCountsOnlyWhereNoOtherIsWhole() {
            store("c1", checkpoint(1, 10, part()));
            var broken = part();
            store("c2", checkpoint(2, 20, broken));
            blobs.remove(broken.file().orcName());

            assertThat(plan().published())
                    .extracting(StoredCheckpoint::blobName)
                    .containsExactly("c1");
        }

        @Test
        void aBlobThatIsTooShortIsNoBlob() {
            var broken = part();
            store("c1", checkpoint(1, 10, broken));
            blobs.put(broken.file().name(), 1L);

            assertThat(plan().problems())
                    .singleElement()
                    .asString()
                    .contains(broken.file().name());
        }

        @Test
        void ofTwoRivalsTheOneThatKnowsMoreOfTheLogCounts() {
            store("c2-z", checkpoint(2, 10, part()));
            store("c2-a", checkpoint(2, 20, part()));

            assertThat(plan().published())
                    .extracting(StoredCheckpoint::blobName)
                    .containsExactly("c2-a");
        }

        @Test
        void whereNoneIsWholeWhatIsThereIsServedButNoPartWithoutItsDeletionVector() {
            var whole = part();
            var revived = new Checkpoint.Part(file(10, 70), 1, 1, Optional.of(dead(1, 5)));
            store("c1", checkpoint(1, 10, whole, revived));
            blobs.remove(revived.dead().orElseThrow().name());

            var catalog = plan();

            assertThat(catalog.published().getFirst().checkpoint().parts()).containsExactly(whole);
            assertThat(catalog.problems()).singleElement().asString().contains("is not whole");
        }
    }

    @Nested
    class Positions {
        @Test
        void ofPartitionsThatNoObjectUsesAreUnknown() {
            assertThat(plan().wal()).isEmpty();
        }

        @Test
        void areThoseOfTheCheckpointThatIsFurthest() {
            store("c1", checkpoint(1, 10, part()));
            checkpoints.add(new StoredCheckpoint(
                    "d1",
                    10,
                    new Checkpoint(ORGANIZATION, OTHER, 4, 1, Map.of(0, new LogOffset(1, 30)), List.of(), List.of())));

            var catalog = plan();

            assertThat(at(catalog.wal())).isEqualTo(new LogOffset(1, 30));
            assertThat(catalog.widths()).containsOnly(Map.entry(OTHER, 4));
        }

        @Test
        void sectionsOfACheckpointNeedTheirBlob() {
            var kept = new Checkpoint.Section("p", 50, 40, section(OBJECT, 0, 0, 10, 7), false);
            var checkpoint = new Checkpoint(
                    ORGANIZATION, OBJECT, 1, 1, Map.of(0, new LogOffset(1, 10)), List.of(kept), List.of());
            store("c1", checkpoint);

            assertThat(plan().published().getFirst().checkpoint().sections()).containsExactly(kept);
            blobs.remove("p");
            assertThat(plan().problems()).hasSize(1);
        }
    }
}

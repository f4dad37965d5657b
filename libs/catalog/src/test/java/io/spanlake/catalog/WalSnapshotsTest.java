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

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalSnapshotsTest {
    private static final int PARTITIONS = 4;

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
        catalog.server.execute("truncate wal_positions, wal_epochs, wal_objects, wal_sections, wal_section_objects,"
                + " blobs, gaps, object_width");
        mine = await(commits.claim(List.of(0, 1, 2, 3), "a"));
    }

    @Test
    void anEmptyCatalogIsAnEmptySnapshotWithNothingClosed() {
        catalog.server.execute("truncate wal_positions");

        var snapshot = await(snapshots.snapshot(OBJECT, Map.of()));

        assertThat(snapshot).isEqualTo(new WalSnapshot(Map.of(), List.of(), List.of(), TransactionId.of(0, 0)));
        assertThat(await(snapshots.positions())).isEmpty();
    }

    @Test
    void nothingIsClosedWhileSomePartitionOfTheTopicWasNeverClaimed() {
        catalog.server.execute("truncate wal_positions, wal_epochs");
        var topic = Optional.of(new WritesTopic(new UUID(1, 1), 2));
        var first = await(commits.claim(List.of(0), "a", topic));
        commits.readToEnd(
                        Map.of(0, Objects.requireNonNull(first.get(0)).epoch()), Instant.parse("2026-03-01T12:00:30Z"))
                .block(WAIT);

        var before = await(snapshots.snapshot(OBJECT, Map.of()));
        var second = await(commits.claim(List.of(1), "b", topic));
        commits.readToEnd(
                        Map.of(1, Objects.requireNonNull(second.get(1)).epoch()), Instant.parse("2026-03-01T12:00:40Z"))
                .block(WAIT);
        var after = await(snapshots.snapshot(OBJECT, Map.of()));

        assertThat(first).containsOnlyKeys(0);
        assertThat(before.closed()).isEqualTo(TransactionId.of(0, 0));
        assertThat(after.closed().time()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void onlySectionsOfTheObjectAreGivenInOrderOfPartitionAndOffset() {
        commit(0, 0, 10, OBJECT);
        commit(2, 0, 4, OBJECT);
        commit(0, 10, 12, OTHER);
        commit(0, 12, 20, OBJECT);

        assertThat(ranges(Map.of())).containsExactly("0 [0, 10)", "0 [12, 20)", "2 [0, 4)");
        assertThat(await(snapshots.positions()))
                .isEqualTo(await(snapshots.snapshot(OTHER, Map.of())).positions());
    }

    @Test
    void whatIsKnownIsNotGivenAgain() {
        commit(0, 0, 10, OBJECT);
        commit(0, 10, 20, OBJECT);
        commit(1, 0, 5, OBJECT);
        var known = Map.of(0, new LogOffset(1, 10), 1, new LogOffset(1, 5));

        assertThat(ranges(known)).containsExactly("0 [10, 20)");
        assertThat(ranges(Map.of(0, new LogOffset(1, 20)))).containsExactly("1 [0, 5)");
    }

    @Test
    void aNewIncarnationIsAfterEveryOffsetOfTheOldOne() {
        commit(0, 0, 1_000, OBJECT);
        commits.stop(0, 1, "made anew").block(WAIT);
        commits.repair(0, 0, "made anew").block(WAIT);
        var theirs = await(commits.claim(List.of(0), "b"));
        await(commits.commit(List.of(range(at(theirs, 0), 7)), List.of(walObject(OBJECT, 0))));

        assertThat(ranges(Map.of(0, new LogOffset(1, 1_000)))).containsExactly("0 [0, 7)");
        assertThat(ranges(Map.of(0, new LogOffset(2, 7)))).isEmpty();
        assertThat(ranges(Map.of())).containsExactly("0 [0, 1000)", "0 [0, 7)");
    }

    @Test
    void incrementsAddUpToTheWhole() {
        var known = new HashMap<Integer, LogOffset>();
        var collected = new ArrayList<SectionRef>();
        for (int step = 0; step < 20; step++) {
            commit(step % 3, step / 3 * 10L, (step / 3 + 1) * 10L, step % 4 == 0 ? OTHER : OBJECT);
            var snapshot = await(snapshots.snapshot(OBJECT, known));
            collected.addAll(snapshot.sections());
            snapshot.positions()
                    .forEach((partition, position) ->
                            known.put(partition, new LogOffset(position.incarnation(), position.offset())));
        }

        assertThat(collected)
                .containsExactlyInAnyOrderElementsOf(
                        await(snapshots.snapshot(OBJECT, Map.of())).sections())
                .hasSize(15);
    }

    @Test
    void nothingIsClosedWhileOnePartitionWasNeverRead() {
        for (int partition = 0; partition < PARTITIONS - 1; partition++) {
            commits.readToEnd(Map.of(partition, 1L), NOON).block(WAIT);
        }
        assertThat(await(snapshots.snapshot(OBJECT, Map.of())).closed()).isEqualTo(TransactionId.of(0, 0));

        commits.readToEnd(Map.of(3, 1L), NOON.minusSeconds(100)).block(WAIT);
        assertThat(await(snapshots.snapshot(OBJECT, Map.of())).closed())
                .isEqualTo(TransactionId.of(NOON.getEpochSecond() - 130, 0));
    }

    @Test
    void aGapIsShownToTheObjectsThatMayHaveUsedItsPartition() {
        int base = new Placement(PARTITIONS).basePartition(OBJECT);
        int neighbour = (base + 1) % PARTITIONS;
        commits.stop(neighbour, 1, "cut off").block(WAIT);
        var gap = await(commits.repair(neighbour, 50, "retention"));

        assertThat(await(snapshots.snapshot(OBJECT, Map.of())).gaps()).isEmpty();

        new PostgresObjectWidths(catalog.database).widen(OBJECT, 2).block(WAIT);
        assertThat(await(snapshots.snapshot(OBJECT, Map.of())).gaps()).containsExactly(gap);
    }

    private List<String> ranges(Map<Integer, LogOffset> known) {
        return await(snapshots.snapshot(OBJECT, known)).sections().stream()
                .map(section -> "%d [%d, %d)".formatted(section.partition(), section.first(), section.next()))
                .toList();
    }

    private void commit(int partition, long first, long next, ObjectRef object) {
        var flush = await(commits.commit(
                List.of(new FlushedRange(partition, 1, first, next, 1, NOON)), List.of(walObject(object, partition))));
        assertThat(flush.committed()).containsExactly(partition);
    }
}

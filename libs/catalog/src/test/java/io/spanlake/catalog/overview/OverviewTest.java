package io.spanlake.catalog.overview;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.overview.Stock.Kind;
import io.spanlake.catalog.parts.Deaths;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewTest {
    Stages stages;
    Overview overview;

    @BeforeAll
    void open() {
        stages = new Stages();
        overview = new PostgresOverview(stages.catalog.database);
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void twoPartitions() {
        stages.begin(2);
    }

    private Stock stock(Kind kind) {
        return await(overview.now()).of(kind);
    }

    @Test
    void ofAnEmptyCatalogThereIsNothing() {
        var now = await(overview.now());

        assertThat(now.stocks()).isEmpty();
        assertThat(now.oldestUnindexed()).isEmpty();
        assertThat(now.levels()).isEmpty();
    }

    @Test
    void whatNoCutHasTakenWaitsSinceItsFlush() {
        stages.flush(OBJECT, 0, 0, 10, 7);
        stages.cut(OBJECT, 0, 0, 10, 7);
        stages.flush(OBJECT, 0, 10, 25, 7);
        stages.flush(OTHER, 1, 0, 5, 7);

        assertThat(stock(Kind.UNPROCESSED)).satisfies(waiting -> {
            assertThat(waiting.items()).isEqualTo(2);
            assertThat(waiting.rows()).isEqualTo(20);
            assertThat(waiting.since().orElseThrow()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
        });
        assertThat(stock(Kind.WAL).items()).isEqualTo(3);
        assertThat(stock(Kind.WAL).bytes()).isEqualTo(3_000);
    }

    @Test
    void theTailWaitsSinceItsOldestWriteAndWhatWasCarriedIsNoTail() {
        stages.flush(OBJECT, 0, 0, 10, 7);
        stages.cut(OBJECT, 0, 0, 10, 7);
        await(stages.swaps.swap(SwapDraft.on(stages.snapshot(OBJECT))
                .takeAllSections()
                .carry(processedBlob(section(OBJECT, 0, 0, 10, 7)))
                .swap()));
        stages.flush(OBJECT, 0, 10, 30, 7);
        stages.cut(OBJECT, 0, 10, 30, 7);

        var now = await(overview.now());

        assertThat(now.of(Kind.TAIL).rows()).isEqualTo(20);
        assertThat(now.of(Kind.TAIL).rawBytes()).isEqualTo(500);
        assertThat(now.of(Kind.CARRIED).rows()).isEqualTo(10);
        assertThat(now.oldestUnindexed())
                .contains(Stages.stamp(10).transaction().time());
    }

    @Test
    void partsAreCountedByLevelAndWhatIsDeadInThem() {
        stages.publishPart(OBJECT, 0, 0, 10, 70);
        var planned = stages.publishPart(OTHER, 1, 0, 30, 70);
        var erased = planned.parts().getFirst();
        await(stages.swaps.swap(SwapDraft.on(planned)
                .kill(new Deaths(erased.id(), 0, dead(3, 3), 3, 3, Optional.of(Instant.now())))
                .swap()));
        stages.catalog.server.execute("update parts set level = 1 where id = " + erased.id());

        var now = await(overview.now());

        assertThat(now.levels()).containsOnlyKeys(0, 1);
        assertThat(now.of(Kind.PART)).satisfies(parts -> {
            assertThat(parts.items()).isEqualTo(2);
            assertThat(parts.rows()).isEqualTo(40);
            assertThat(parts.deadRows()).isEqualTo(3);
            assertThat(parts.bytes()).isEqualTo(10_000);
            assertThat(parts.rawBytes()).isEqualTo(18_000);
        });
        assertThat(now.of(Kind.COLUMNS).bytes()).isEqualTo(1_400);
        assertThat(now.of(Kind.DELETION_VECTOR).bytes()).isEqualTo(50);
        assertThat(now.of(Kind.CHECKPOINT).items()).isEqualTo(2);
        assertThat(now.of(Kind.ERASURE).items()).isEqualTo(1);
        assertThat(now.of(Kind.RETIRED).items())
                .as("two processed blobs, a checkpoint")
                .isEqualTo(3);
        assertThat(now.liveBytes(List.of(Kind.PART, Kind.COLUMNS))).isEqualTo(11_400);
    }

    @Test
    void theSectionsOfTheTailAreThoseThatNoSwapHasTaken() {
        stages.publishPart(OBJECT, 0, 0, 10, 70);
        stages.flush(OTHER, 1, 0, 5, 7);
        stages.cut(OTHER, 1, 0, 5, 7);

        assertThat(stock(Kind.TAIL).items()).isEqualTo(1);
        assertThat(stock(Kind.PROCESSED).items()).isEqualTo(1);
    }
}

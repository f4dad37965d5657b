package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.OTHER;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.HeldCommits;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.parts.SwapOutcome.Outdated;
import io.spanlake.catalog.parts.SwapOutcome.Published;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A swap whose answer never comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostSwapAnswerTest {
    private static final String PARTS = "select version, stamp_sum from parts order by id";

    Stages stages;
    HeldCommits held;
    Swaps swaps;
    Swap swap;
    ObjectSnapshot planned;

    @BeforeAll
    void open() {
        stages = new Stages();
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void aConnectionThatHasSwappedBefore() throws SQLException {
        stages.begin(2);
        held = HeldCommits.on(stages.catalog, "parts");
        swaps = new PostgresSwaps(held.database);
        stages.flush(OTHER, 1, 0, 10, 5);
        stages.cut(OTHER, 1, 0, 10, 5);
        // Prepares the statement, so that the next one goes out whole without waiting for an answer.
        await(swaps.swap(SwapDraft.on(stages.snapshot(OTHER)).takeAllSections().swap()));
        stages.flush(OBJECT, 0, 0, 10, 77);
        stages.cut(OBJECT, 0, 0, 10, 77);
        planned = stages.snapshot(OBJECT);
        swap = SwapDraft.on(planned).takeAllSections().put(part(10, 77)).swap();
    }

    @AfterEach
    void disconnect() throws SQLException, IOException {
        held.close();
    }

    @Test
    void aSwapThatWasDoneBeforeItsAnswerWasLostIsFound() throws Exception {
        held.network.mute();
        var answer = commit();
        stages.catalog.awaitRows(PARTS, "1 77");
        assertThat(answer).isNotDone();

        held.network.cut();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new Published(1));
    }

    @Test
    void aSwapThatStillRunsInTheServerIsWaitedFor() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        held.network.cut();
        stages.catalog.awaitRows(HeldCommits.BEHIND_IT, "1");
        assertThat(answer).isNotDone();
        held.release();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new Published(1));
        assertThat(stages.catalog.rows(PARTS)).containsExactly("1 77");
    }

    @Test
    void aSwapThatDiesWithItsServerProcessIsDoneByAnother() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        held.killTheOneInCommit(stages.catalog);
        assertThat(stages.catalog.rows(PARTS)).isEmpty();
        held.release();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new Published(1));
        assertThat(stages.catalog.rows(PARTS)).containsExactly("1 77");
    }

    @Test
    void aRivalThatWaitsBehindItIsOutdated() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        var rival = stages.swaps
                .swap(SwapDraft.on(planned).takeAllSections().put(part(10, 77)).swap())
                .toFuture();
        stages.catalog.awaitRows(HeldCommits.BEHIND_IT, "1");
        held.release();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new Published(1));
        assertThat(rival.get(30, TimeUnit.SECONDS)).isEqualTo(new Outdated(1));
    }

    private CompletableFuture<SwapOutcome> commit() {
        return swaps.swap(swap).toFuture();
    }
}

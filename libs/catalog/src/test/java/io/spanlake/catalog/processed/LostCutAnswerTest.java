package io.spanlake.catalog.processed;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.range;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.HeldCommits;
import io.spanlake.catalog.Stages;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cut whose answer never comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostCutAnswerTest {
    private static final String SECTIONS =
            "select partition, first_offset, next_offset from processed_sections order by 1, 2";
    private static final CommittedCuts DONE = new CommittedCuts(Set.of(0), Set.of());

    Stages stages;
    HeldCommits held;
    ProcessedCommits commits;
    Cuts cuts;

    @BeforeAll
    void open() {
        stages = new Stages();
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void aConnectionThatHasCommittedBefore() throws SQLException {
        stages.begin(2);
        held = HeldCommits.on(stages.catalog, "processed_objects");
        commits = new PostgresProcessedCommits(held.database);
        stages.flush(OBJECT, 0, 0, 10, 77);
        // Prepares the statement, so that the next one goes out whole without waiting for an answer.
        await(commits.commit(Cuts.of(List.of(range(1, 5, 10, 0)), List.of())));
        cuts = Cuts.of(List.of(range(0, 0, 10, 77)), List.of(processedBlob(section(OBJECT, 0, 0, 10, 77))));
    }

    @AfterEach
    void disconnect() throws SQLException, IOException {
        held.close();
    }

    @Test
    void aCutThatWasDoneBeforeItsAnswerWasLostIsFound() throws Exception {
        held.network.mute();
        var answer = commit();
        stages.catalog.awaitRows(SECTIONS, "0 0 10");
        assertThat(answer).isNotDone();

        held.network.cut();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(DONE);
        assertThat(held.network.connections()).isEqualTo(2);
    }

    @Test
    void aCutThatStillRunsInTheServerIsWaitedFor() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        held.network.cut();
        stages.catalog.awaitRows(HeldCommits.BEHIND_IT, "1");
        assertThat(answer).isNotDone();
        held.release();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(DONE);
        assertThat(stages.catalog.rows(SECTIONS)).containsExactly("0 0 10");
        assertThat(stages.catalog.rows("select count(*) from processed_objects"))
                .containsExactly("1");
    }

    @Test
    void aCutThatDiesWithItsServerProcessIsDoneByAnother() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        held.killTheOneInCommit(stages.catalog);
        assertThat(stages.catalog.rows(SECTIONS)).isEmpty();
        held.release();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(DONE);
        assertThat(stages.catalog.rows(SECTIONS)).containsExactly("0 0 10");
    }

    @Test
    void aProcessorThatComesWhileTheCutRunsFindsWhatItDid() throws Exception {
        held.hold();
        var answer = commit();
        stages.catalog.awaitRows(HeldCommits.IN_COMMIT, "1");

        var theirs = stages.processed.claim(List.of(0), "b").toFuture();
        stages.catalog.awaitRows(HeldCommits.BEHIND_IT, "1");
        held.network.cut();
        held.release();

        assertThat(theirs.get(30, TimeUnit.SECONDS).values())
                .extracting(position -> position.offset().offset())
                .containsExactly(10L);
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(DONE);
    }

    private CompletableFuture<CommittedCuts> commit() {
        return commits.commit(cuts).toFuture();
    }
}

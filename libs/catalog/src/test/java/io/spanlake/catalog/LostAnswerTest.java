package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.CatalogFixture.walObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A commit whose answer never comes. The moment is held still: a deferred trigger makes each transaction that lists an
 * object wait, in its COMMIT, for a lock that the test holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerTest {
    private static final String SECTIONS =
            "select partition, first_offset, next_offset from wal_sections order by 1, 2";
    private static final String IN_COMMIT =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'";
    private static final String BEHIND_IT = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock' and wait_event <> 'advisory'";

    CatalogFixture catalog;
    CuttableProxy network;
    CatalogDatabase database;
    WalCommits commits;
    Connection holder;
    List<FlushedRange> ranges = List.of();
    WalObject object = walObject(OBJECT, 0, 1);

    @BeforeAll
    void open() throws SQLException {
        catalog = new CatalogFixture();
        holder = catalog.server.connect();
        catalog.server.execute("""
                create function wait_for_the_test() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(4711);
                    return null;
                end $$""", """
                create constraint trigger in_commit after insert on wal_objects
                deferrable initially deferred for each row execute function wait_for_the_test()""");
    }

    @AfterAll
    void close() throws SQLException {
        holder.close();
        catalog.close();
    }

    @BeforeEach
    void oneConnectionThatHasCommittedBefore() {
        catalog.server.execute(
                "truncate wal_positions, wal_epochs, wal_objects, wal_sections, wal_section_objects, blobs");
        network = new CuttableProxy(catalog.server.port());
        connect(Duration.ofSeconds(10), Backoff.DEFAULT);
    }

    private void connect(Duration statementTimeout, Backoff backoff) {
        database = CatalogDatabase.open(catalog.settings(network.port(), 1, statementTimeout), new Random(1), backoff);
        commits = new PostgresWalCommits(database);
        // So that the statement is prepared, and goes out whole without waiting for an answer.
        await(commits.claim(Set.of(0, 1), "a"));
        ranges = List.of(new FlushedRange(0, 1, 0, 10, 1, NOON), new FlushedRange(1, 1, 0, 20, 1, NOON));
        await(commits.commit(List.of(new FlushedRange(0, 1, 9, 10, 1, NOON)), List.of(walObject(OBJECT, 0))));
        object = walObject(OBJECT, 0, 1);
    }

    @AfterEach
    void disconnect() throws IOException, SQLException {
        release();
        database.close();
        network.close();
        catalog.server.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and application_name = 'test' and state <> 'idle'");
    }

    @Test
    void aCommitThatWasDoneBeforeItsAnswerWasLostIsFound() throws Exception {
        network.mute();
        var answer = commit();
        catalog.awaitRows("select wal_offset from wal_positions order by partition", "10", "20");
        assertThat(answer).isNotDone();

        network.cut();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new CommittedFlush(Set.of(0, 1), Set.of()));
        assertThat(network.connections()).isEqualTo(2);
        assertThat(catalog.rows(SECTIONS)).containsExactly("0 0 10", "1 0 20");
    }

    @Test
    void aCommitThatStillRunsInTheServerIsWaitedFor() throws Exception {
        hold();
        var answer = commit();
        catalog.awaitRows(IN_COMMIT, "1");

        network.cut();
        catalog.awaitRows(BEHIND_IT, "1");
        assertThat(answer).isNotDone();
        assertThat(catalog.rows(SECTIONS)).isEmpty();

        release();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new CommittedFlush(Set.of(0, 1), Set.of()));
        assertThat(catalog.rows(SECTIONS)).containsExactly("0 0 10", "1 0 20");
        assertThat(catalog.rows("select count(*) from wal_objects")).containsExactly("1");
    }

    @Test
    void aCommitThatDiesWithItsServerProcessIsDoneByAnother() throws Exception {
        hold();
        var answer = commit();
        catalog.awaitRows(IN_COMMIT, "1");

        var first = catalog.rows("select pid from pg_stat_activity where wait_event = 'advisory'");
        catalog.server.execute("select pg_terminate_backend(%s)".formatted(first.getFirst()));
        catalog.awaitRows(
                "select count(*) from pg_stat_activity where wait_event = 'advisory' and pid <> " + first.getFirst(),
                "1");
        assertThat(catalog.rows(SECTIONS)).isEmpty();

        release();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new CommittedFlush(Set.of(0, 1), Set.of()));
        assertThat(catalog.rows(SECTIONS)).containsExactly("0 0 10", "1 0 20");
    }

    @Test
    void anOwnerThatComesWhileTheCommitRunsFindsWhatItDid() throws Exception {
        hold();
        var answer = commit();
        catalog.awaitRows(IN_COMMIT, "1");
        var other = new PostgresWalCommits(catalog.database);

        var theirs = other.claim(Set.of(1), "b").toFuture();
        catalog.awaitRows(BEHIND_IT, "1");
        network.cut();
        release();

        assertThat(theirs.get(30, TimeUnit.SECONDS).values())
                .extracting(WalPosition::offset)
                .containsExactly(20L);
        assertThat(answer.get(30, TimeUnit.SECONDS).committed()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void anAnswerThatNeverComesIsAnErrorAndTheFlushMayBeCommittedAgain() throws Exception {
        database.close();
        catalog.server.execute("truncate wal_positions, wal_epochs");
        connect(Duration.ofMillis(400), new Backoff(3, Duration.ofMillis(20), Duration.ofMillis(50)));
        hold();

        assertThatThrownBy(() -> commits.commit(ranges, List.of(object)).block(WAIT))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContaining("failed 3 times");

        release();
        assertThat(await(commits.commit(ranges, List.of(object))).committed()).containsExactlyInAnyOrder(0, 1);
        assertThat(catalog.rows(SECTIONS)).containsExactly("0 0 10", "1 0 20");
    }

    private CompletableFuture<CommittedFlush> commit() {
        return commits.commit(ranges, List.of(object)).toFuture();
    }

    private void hold() throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(4711)");
        }
    }

    private void release() throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        }
    }
}

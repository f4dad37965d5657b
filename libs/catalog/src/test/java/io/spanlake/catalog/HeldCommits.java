package io.spanlake.catalog;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/**
 * A network that loses answers, before a server whose commits are held still: a deferred trigger on a table makes each
 * transaction that inserts into it wait, in its COMMIT, for a lock that the test holds.
 */
public final class HeldCommits implements AutoCloseable {
    public static final String IN_COMMIT =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'";
    public static final String BEHIND_IT = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock' and wait_event <> 'advisory'";

    public final CuttableProxy network;
    /** Of one connection, through the network. */
    public final CatalogDatabase database;

    private final Connection holder;

    private HeldCommits(CatalogFixture catalog) throws SQLException {
        holder = catalog.server.connect();
        network = new CuttableProxy(catalog.server.port());
        database = CatalogDatabase.open(catalog.settings(network.port(), 1, Duration.ofSeconds(10)), new Random(1));
    }

    public static HeldCommits on(CatalogFixture catalog, String table) throws SQLException {
        catalog.server.execute("""
                create or replace function wait_for_the_test() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(4711);
                    return null;
                end $$""", "drop trigger if exists in_commit on " + table, """
                create constraint trigger in_commit after insert on %s
                deferrable initially deferred for each row execute function wait_for_the_test()""".formatted(table));
        return new HeldCommits(catalog);
    }

    public void hold() throws SQLException {
        run("select pg_advisory_lock(4711)");
    }

    public void release() throws SQLException {
        run("select pg_advisory_unlock_all()");
    }

    /** Kills the server process that waits in its COMMIT, and waits until another has come as far. */
    public void killTheOneInCommit(CatalogFixture catalog) {
        var first = catalog.rows("select pid from pg_stat_activity where wait_event = 'advisory'");
        catalog.server.execute("select pg_terminate_backend(%s)".formatted(first.getFirst()));
        catalog.awaitRows(
                "select count(*) from pg_stat_activity where wait_event = 'advisory' and pid <> " + first.getFirst(),
                "1");
    }

    private void run(String sql) throws SQLException {
        try (var statement = holder.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        release();
        database.close();
        network.close();
        holder.close();
    }
}

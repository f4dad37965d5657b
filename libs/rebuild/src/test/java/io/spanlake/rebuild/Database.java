package io.spanlake.rebuild;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.PostgresDirectory;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.directory.PostgresDirectoryCopies;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.rebuild.PostgresCatalogRebuild;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.testkit.postgres.PostgresServer;
import java.util.Random;

/** A catalog of its own, empty at first. */
final class Database implements AutoCloseable {
    private final CatalogDatabase database;
    final PostgresWalCommits wal;
    final PostgresProcessedCommits processed;
    final PostgresSwaps swaps;
    final PostgresObjectSnapshots snapshots;
    final PostgresSweeps sweeps;
    final PostgresCatalogRebuild rebuild;
    final PostgresDirectoryCopies copies;
    final PostgresDirectory directory;

    Database() {
        var server = PostgresServer.freshDatabase();
        CatalogMigrations.migrate(server.jdbcUrl(), server.user(), server.password());
        database = CatalogDatabase.open(
                CatalogSettings.of(server.host(), server.port(), server.name(), server.user(), server.password()),
                new Random(1));
        wal = new PostgresWalCommits(database);
        processed = new PostgresProcessedCommits(database);
        swaps = new PostgresSwaps(database);
        snapshots = new PostgresObjectSnapshots(database);
        sweeps = new PostgresSweeps(database);
        rebuild = new PostgresCatalogRebuild(database);
        copies = new PostgresDirectoryCopies(database);
        directory = new PostgresDirectory(database, new Random(1));
    }

    @Override
    public void close() {
        database.close();
    }
}

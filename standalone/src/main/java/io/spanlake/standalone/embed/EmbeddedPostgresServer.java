package io.spanlake.standalone.embed;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.PrivateFiles;
import io.spanlake.standalone.data.Secrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A PostgreSQL on this machine alone. What it has committed outlives a power cut; the library is made for tests and would
 * switch that off.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    public static final String DATABASE = "spanlake";
    public static final String USER = "spanlake";

    private static final String SUPERUSER = "postgres";

    /** Present once roles, passwords and database are made; without it the folder is made anew. */
    private static final String PREPARED = "spanlake.prepared";

    private static final String PASSWORDS_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n";

    private final EmbeddedPostgres server;

    private EmbeddedPostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Blocks: a tenth of a second, some seconds at the first time. */
    public static EmbeddedPostgresServer start(DataFolder data, Secrets secrets) throws IOException, SQLException {
        var folder = data.postgres();
        Orphans.end(folder.resolve("postmaster.pid"), data.binaries(), "postgres");
        boolean prepared = Files.exists(folder.resolve(PREPARED));
        if (!prepared) {
            delete(folder);
        }
        var log = ProcessBuilder.Redirect.appendTo(
                data.log().resolve("postgres.log").toFile());
        Files.createDirectories(data.binaries());
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(data.binaries().toFile())
                .setPort(Ports.free())
                .setPGStartupWait(Duration.ofMinutes(1))
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setConnectConfig("password", secrets.postgresOwner());
        settings(builder);
        var server = builder.start();
        if (!prepared) {
            prepare(server, folder, secrets);
        }
        return new EmbeddedPostgresServer(server);
    }

    /**
     * Puts the database out of the way, whatever it is like; the next start makes an empty one. Nothing runs on it.
     *
     * @return where it lies now; empty where there was none
     */
    public static Optional<Path> setAside(DataFolder data, Instant now) throws IOException {
        var folder = data.postgres();
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        Orphans.end(folder.resolve("postmaster.pid"), data.binaries(), "postgres");
        var aside = folder.resolveSibling(folder.getFileName() + "-" + now.getEpochSecond());
        return Optional.of(Files.move(folder, aside));
    }

    private static void settings(EmbeddedPostgres.Builder builder) {
        builder.setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", Ports.LOCALHOST)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "48MB")
                .setServerConfig("max_wal_size", "256MB")
                .setServerConfig("max_worker_processes", "2")
                .setServerConfig("max_parallel_workers_per_gather", "0")
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("jit", "off")
                .setServerConfig("bgwriter_lru_maxpages", "0")
                .setServerConfig("checkpoint_timeout", "15min");
    }

    /** Until here there is nothing in it and anybody on this machine may enter; from here on nobody without password. */
    private static void prepare(EmbeddedPostgres server, Path folder, Secrets secrets)
            throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // Passwords are ours and hold no quote.
            statement.execute("alter role %s password '%s'".formatted(SUPERUSER, secrets.postgresOwner()));
            statement.execute("create role %s login password '%s'".formatted(USER, secrets.postgres()));
            statement.execute("create database %s owner %s".formatted(DATABASE, USER));
            PrivateFiles.write(folder.resolve("pg_hba.conf"), PASSWORDS_ONLY);
            statement.execute("select pg_reload_conf()");
        }
        PrivateFiles.write(folder.resolve(PREPARED), "");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package io.spanlake.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL of the test's own on a fixed port, its data in a folder: it can be killed, and started again where it was.
 * Not thread-safe; everything blocks.
 */
public final class PostgresProcess implements AutoCloseable {
    private static final String USER = "postgres";

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    private PostgresProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.server = launch();
    }

    /** @param folder one that does not exist */
    public static PostgresProcess start(Path folder, int port) {
        return new PostgresProcess(folder, port);
    }

    /** The database that every server has. */
    public TestDatabase database() {
        return new TestDatabase("127.0.0.1", port, "postgres", USER, USER);
    }

    /** The one that all others are children of. */
    public Optional<ProcessHandle> process() {
        try {
            var pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst();
            return ProcessHandle.of(Long.parseLong(pid.strip()));
        } catch (IOException stopped) {
            return Optional.empty();
        }
    }

    /** Every process of it at once. */
    public void kill() {
        process().ifPresent(postmaster -> {
            var backends = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            backends.forEach(ProcessHandle::destroyForcibly);
            postmaster.onExit().join();
            backends.forEach(backend -> backend.onExit().join());
        });
    }

    /** Starts it again on the same data and port; it recovers first. */
    public void restart() {
        kill();
        // It holds the lock of the folder, and lets go of it though there is nothing left to stop.
        close();
        server = launch();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private EmbeddedPostgres launch() {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "120")
                    // What was committed outlives a killed process, if not a power cut; the builder's own default is
                    // off.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException("the PostgreSQL of the test does not start", failed);
        }
    }
}

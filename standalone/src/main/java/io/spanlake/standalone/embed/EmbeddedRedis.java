package io.spanlake.standalone.embed;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.PrivateFiles;
import io.spanlake.standalone.data.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A Redis on this machine alone, with a password, keeping nothing: nothing is lost with what it holds. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RedisServer server;
    private final int port;
    private final String password;

    private EmbeddedRedis(RedisServer server, int port, String password) {
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** Blocks, some tens of milliseconds. */
    public static EmbeddedRedis start(DataFolder data, Secrets secrets) throws IOException {
        Files.createDirectories(data.redis());
        Files.createDirectories(data.binaries());
        var pidFile = data.redis().resolve("redis.pid");
        Orphans.end(pidFile, data.binaries(), "redis-server");
        int port = Ports.free();
        // A file rather than arguments: everybody can read a process's arguments.
        var config = data.redis().resolve("redis.conf");
        PrivateFiles.write(config, """
                bind %s
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                save ""
                appendonly no
                maxmemory 64mb
                maxmemory-policy noeviction
                hz 1
                """.formatted(Ports.LOCALHOST, port, secrets.redis(), data.redis(), pidFile));
        var server = RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(
                        data.binaries().toFile()))
                .port(port)
                .configFile(config)
                .onShutdownForceStop(true)
                .build();
        startOnceWritten(server);
        return new EmbeddedRedis(server, port, secrets.redis());
    }

    /**
     * The program was written a moment ago. A process that was forked meanwhile, for PostgreSQL, has that file open too until
     * it runs its own, and so long the system runs none that is open for writing.
     */
    static void startOnceWritten(RedisServer server) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                server.start();
                return;
            } catch (IOException failed) {
                if (attempt == ATTEMPTS || !isBusy(failed)) {
                    throw failed;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean isBusy(@Nullable Throwable fault) {
        return fault != null
                && (String.valueOf(fault.getMessage()).contains("Text file busy") || isBusy(fault.getCause()));
    }

    public int port() {
        return port;
    }

    /** Holds the password. */
    public String url() {
        return "redis://:%s@%s:%d".formatted(password, Ports.LOCALHOST, port);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}

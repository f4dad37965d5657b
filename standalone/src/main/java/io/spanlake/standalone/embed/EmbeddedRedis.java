package io.spanlake.standalone.embed;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.PrivateFiles;
import io.spanlake.standalone.data.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A Redis on this machine alone, with a password, keeping nothing: nothing is lost with what it holds. */
public final class EmbeddedRedis implements AutoCloseable {
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
        server.start();
        return new EmbeddedRedis(server, port, secrets.redis());
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

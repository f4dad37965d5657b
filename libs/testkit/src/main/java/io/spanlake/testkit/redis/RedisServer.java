package io.spanlake.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * One Redis server on a port of its own, without persistence. It can be stopped and started again on the same port, as
 * a Redis that went away and came back. Starting takes tens of milliseconds and blocks.
 */
public final class RedisServer implements AutoCloseable {
    private final int port;
    private redis.embedded.RedisServer server;

    private RedisServer(int port) {
        this.port = port;
        this.server = launch(port);
    }

    /** A server of the test's own, to be closed by it. */
    public static RedisServer start() {
        return new RedisServer(freePort());
    }

    /** The server of this JVM, for tests that only need some Redis; gone with the JVM. */
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Ends the server; what it held is gone. */
    public void stop() {
        try {
            server.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it again, empty, where it was. */
    public void restart() {
        if (server.isActive()) {
            stop();
        }
        server = launch(port);
    }

    @Override
    public void close() {
        stop();
    }

    private static redis.embedded.RedisServer launch(int port) {
        try {
            var server = redis.embedded.RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Shared {
        private static final RedisServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "redis-stop"));
        }
    }
}

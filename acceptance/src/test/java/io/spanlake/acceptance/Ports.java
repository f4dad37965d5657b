package io.spanlake.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for processes under test. Each JVM of tests has a range of its own, below the ports that the system gives to
 * connections: a process that is killed finds its port free when it is started again.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int RANGE = 4_000;
    private static final int JVM = Integer.getInteger("surefire.forkNumber", 1) % 3;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(RANGE));

    private Ports() {}

    /** Never the same twice: whoever it is given to may not have opened it yet. */
    static int free() {
        for (int tried = 0; tried < RANGE; tried++) {
            int port = FIRST + JVM * RANGE + Math.floorMod(NEXT.getAndIncrement(), RANGE);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free in the range of JVM " + JVM);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

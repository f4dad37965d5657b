package io.spanlake.standalone.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody else sees. */
public final class Ports {
    public static final String LOCALHOST = "127.0.0.1";

    private Ports() {}

    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOCALHOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free on " + LOCALHOST, e);
        }
    }

    public static boolean isFree(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

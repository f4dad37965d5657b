package io.spanlake.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A network before the server that loses answers: the server goes on with what it was asked, the client hears nothing. */
public final class CuttableProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int serverPort;
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> servers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean mute;

    public CuttableProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** How many connections were ever made through it. */
    public int connections() {
        return connections.get();
    }

    /** Questions pass, answers are lost. */
    public void mute() {
        mute = true;
    }

    /** The clients see their connections end; the server's side stays open. New connections pass. */
    public void cut() {
        mute = false;
        for (Socket client; (client = clients.poll()) != null; ) {
            close(client);
        }
    }

    /** Connections that are there never answer again, and never end; new ones are answered. */
    public void silence() {
        silent.addAll(servers);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                connections.incrementAndGet();
                clients.add(client);
                servers.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, false));
                Thread.ofVirtual().start(() -> pump(server, client, true));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket source, Socket target, boolean answers) {
        try {
            InputStream in = source.getInputStream();
            OutputStream out = target.getOutputStream();
            var buffer = new byte[8192];
            for (int length; (length = in.read(buffer)) >= 0; ) {
                if (!answers || !(mute || silent.contains(source))) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
            if (answers) {
                close(target);
            }
        } catch (IOException e) {
            if (answers) {
                close(target);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        clients.forEach(CuttableProxy::close);
        servers.forEach(CuttableProxy::close);
    }
}

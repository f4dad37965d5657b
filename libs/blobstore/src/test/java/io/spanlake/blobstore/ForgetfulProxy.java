package io.spanlake.blobstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes requests on to a server on this machine and, when told, ends the connection in place of an answer. */
final class ForgetfulProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final AtomicInteger answersToLose = new AtomicInteger();

    ForgetfulProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The server does what it is asked, but nobody hears of it. */
    void loseAnswers(int count) {
        answersToLose.set(count);
    }

    boolean hasLostAll() {
        return answersToLose.get() <= 0;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> pass(client, upstream, false));
                Thread.ofVirtual().start(() -> pass(upstream, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // One side has ended the connection; the other is closed with it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

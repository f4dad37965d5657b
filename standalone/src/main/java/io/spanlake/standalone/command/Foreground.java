package io.spanlake.standalone.command;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.serve.Standalone;
import java.util.concurrent.CountDownLatch;

/** Serves in this process until it is told to end. */
final class Foreground {
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Returns once everything is closed, after SIGTERM or SIGINT. */
    void serve(DataFolder data, int port, Runnable ready) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAndWait, "stop"));
        try {
            var standalone = Standalone.start(data, port, System.getenv());
            ready.run();
            end.await();
            standalone.close();
        } finally {
            ended.countDown();
        }
    }

    /** A signal ends the process only once everything is closed in order. */
    private void endAndWait() {
        end.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

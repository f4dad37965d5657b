package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that write without a pause, through whatever happens, and a book in which every write stands before it is sent and
 * every acknowledgement once it came. Afterwards the book says what has to be there.
 */
final class Ledger implements AutoCloseable {
    private static final int WRITERS = 4;
    /** All that is written has to be read in every way afterwards, which takes longest. */
    private static final int PACE_MILLIS_MAX = 800;

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);

    private final Client client;
    private final List<LedgerObject> objects;
    private final LedgerLog log;
    private final LedgerSettled settled = new LedgerSettled();
    private final LedgerTally tally = new LedgerTally();
    private final List<LedgerWriter> writers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean writing;

    /** @param file the book; it must not exist */
    Ledger(Client client, Path file, long seed) {
        this(client, file, seed, PACE_MILLIS_MAX);
    }

    /** @param paceMillisMax longest rest of a client between two requests */
    Ledger(Client client, Path file, long seed, int paceMillisMax) {
        this.client = client;
        this.objects = objects(client);
        this.log = new LedgerLog(file);
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(
                    new LedgerWriter(client, objects, seed, writer, paceMillisMax, log, settled, tally, () -> writing));
        }
    }

    /** One that gets most, and others of which each could be mistaken for it: their rows have the same ids. */
    private static List<LedgerObject> objects(Client client) {
        var busy = client.project("ledger");
        var quiet = client.project("quiet ledger");
        return List.of(
                LedgerObject.logs("busy", busy),
                LedgerObject.logs("quiet", quiet),
                LedgerObject.experiment("experiment", client.experiment(busy, "ledger")),
                LedgerObject.dataset("dataset", client.dataset(busy, "ledger")));
    }

    List<LedgerObject> objects() {
        return objects;
    }

    void startWriting() {
        writing = true;
        writers.forEach(writer -> running.add(threads.submit(writer)));
        running.add(threads.submit(new LedgerWalker(objects, new LedgerReads(client), settled, tally, () -> writing)));
    }

    void stopWriting() throws Exception {
        writing = false;
        for (var writer : running) {
            writer.get();
        }
        running.clear();
    }

    /** Waits until some more requests are acknowledged: a load that is killed before its first is none. */
    void awaitProgress() {
        long before = tally.requestsAcknowledged();
        long deadline = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        while (tally.requestsAcknowledged() < before + WRITERS) {
            assertThat(System.nanoTime())
                    .as("nothing was acknowledged within %s: %s %s", ACKNOWLEDGED_WITHIN, tally, tally.wrong())
                    .isLessThan(deadline);
            Pauses.millis(20);
        }
    }

    LedgerTally tally() {
        return tally;
    }

    /** Every acknowledged write is there once and nothing else is, by every way of reading; and no answer was wrong before. */
    void assertHolds(String when) {
        assertThat(tally.wrong()).as("%s: answers that may not be", when).isEmpty();
        LedgerChecker.of(log, new LedgerReads(client), objects).assertHolds(when);
    }

    @Override
    public void close() {
        writing = false;
        threads.shutdownNow();
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

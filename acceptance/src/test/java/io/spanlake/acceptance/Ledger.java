package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.acceptance.RawJson.Fields;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write without a pause and note what was acknowledged. Every row says by its id what it has to hold, so that
 * what comes back is checked without remembering it.
 */
final class Ledger implements AutoCloseable {
    private static final int WRITERS = 4;
    private static final int ROWS_A_REQUEST = 20;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

    private final Client client;
    private final String project;
    private final AtomicLong next = new AtomicLong();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean writing;

    Ledger(Client client, String project) {
        this.client = client;
        this.project = project;
    }

    void startWriting() {
        writing = true;
        for (int i = 0; i < WRITERS; i++) {
            running.add(writers.submit(this::write));
        }
    }

    void stopWriting() throws Exception {
        writing = false;
        for (var writer : running) {
            writer.get();
        }
        running.clear();
    }

    /** Waits until more rows than that are acknowledged: a load that is killed before its first is none. */
    void awaitMoreThan(int rows) {
        long deadline = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        while (acknowledged.size() <= rows) {
            assertThat(System.nanoTime())
                    .as("nothing was acknowledged within %s; refused: %s", ACKNOWLEDGED_WITHIN, refused)
                    .isLessThan(deadline);
            Pauses.millis(20);
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Every acknowledged row once and as it was sent; rows that were not acknowledged may be there, whole. */
    void assertHolds(List<Fields> rows) {
        var read = Rows.byId(rows);
        assertThat(refused).as("answers that were neither 200, 429 nor 503").isEmpty();
        assertThat(read.keySet()).as("acknowledged rows").containsAll(acknowledged);
        read.forEach((id, row) -> assertThat(row.text("input")).as(id).isEqualTo(inputOf(id)));
    }

    private void write() {
        while (writing) {
            var ids = new ArrayList<String>();
            for (int i = 0; i < ROWS_A_REQUEST; i++) {
                ids.add("row-" + next.incrementAndGet());
            }
            try {
                note(client.postJson("/logs3", body(ids)), ids);
            } catch (UncheckedIOException died) {
                // Whether these rows are there is unknown, and either is right.
                Pauses.millis(50);
            }
        }
    }

    private void note(Answer answer, List<String> ids) {
        switch (answer.status()) {
            case 200 -> acknowledged.addAll(ids);
            case 429, 503 -> Pauses.millis(50);
            default -> refused.add(answer.status() + " " + answer.body());
        }
    }

    private String body(List<String> ids) {
        var rows = new ArrayList<String>();
        for (var id : ids) {
            rows.add("{\"id\":\"%s\",\"project_id\":\"%s\",\"log_id\":\"g\",\"root_span_id\":\"%s\",\"input\":\"%s\"}"
                    .formatted(id, project, "trace-" + Math.floorMod(id.hashCode(), 100), inputOf(id)));
        }
        return "{\"rows\":[" + String.join(",", rows) + "],\"api_version\":2}";
    }

    private static String inputOf(String id) {
        var random = new Random(id.hashCode());
        var text = new StringBuilder();
        while (text.length() < 1_000) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    @Override
    public void close() {
        writing = false;
        writers.shutdownNow();
    }
}

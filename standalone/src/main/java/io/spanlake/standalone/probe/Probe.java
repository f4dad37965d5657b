package io.spanlake.standalone.probe;

import io.spanlake.model.ByteSlice;
import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.probe.ProbeTrace.Finding;
import io.spanlake.standalone.probe.ProbeTrace.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a trace a round and reads it back: strictly at once, then as a UI does until it is visible, and again when it is 1, 10,
 * 100 and {@value #KEPT} rounds old; then it is deleted, and has to be gone. A server that does not answer is counted and is no
 * fault. Blocks; one thread.
 */
public final class Probe {
    /** Traces that stay. */
    static final int KEPT = 1_000;

    private static final List<Integer> AGES = List.of(1, 10, 100, KEPT);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(1);
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SpanlakeClient client;
    private final String project;
    private final String run;
    private final ProbeTally tally;
    private final Consumer<String> alarm;
    private final LongSupplier nanoTime;
    private final List<Long> acknowledged = new ArrayList<>();

    /**
     * @param project  id of the project that the rows are written to
     * @param run      names this probe and no other
     * @param alarm    told of each broken promise
     * @param nanoTime for times to visibility
     */
    public Probe(
            SpanlakeClient client,
            String project,
            String run,
            ProbeTally tally,
            Consumer<String> alarm,
            LongSupplier nanoTime) {
        this.client = client;
        this.project = project;
        this.run = run;
        this.tally = tally;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
    }

    /** @param number of the round, from 0, each once */
    public void round(long number) throws InterruptedException {
        var trace = new ProbeTrace(run, number);
        if (send(trace.inserts(project)) && send(trace.merges(project))) {
            acknowledged.add(number);
            tally.count("traces");
            read(trace, true).ifPresent(rows -> told(trace.compare(rows)));
            awaitVisible(trace);
        }
        for (int age : AGES) {
            if (acknowledged.size() > age) {
                var older = new ProbeTrace(run, acknowledged.get(acknowledged.size() - 1 - age));
                read(older, true).ifPresent(rows -> told(older.compare(rows)));
            }
        }
        if (acknowledged.size() > KEPT) {
            forget(new ProbeTrace(run, acknowledged.removeFirst()));
        }
    }

    private void forget(ProbeTrace trace) throws InterruptedException {
        if (send(trace.deletes(project))) {
            read(trace, true).ifPresent(rows -> told(ProbeTrace.compareDeleted(rows)));
        }
    }

    private void awaitVisible(ProbeTrace trace) throws InterruptedException {
        long began = nanoTime.getAsLong();
        long deadline = began + VISIBLE_WITHIN.toNanos();
        boolean answered = false;
        while (nanoTime.getAsLong() - deadline < 0) {
            var rows = read(trace, false);
            if (rows.isPresent() && trace.compare(rows.get()).isEmpty()) {
                tally.visibleAfter((nanoTime.getAsLong() - began) / 1e9);
                return;
            }
            answered |= rows.isPresent();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (answered) {
            told(List.of(new Finding("stale", trace.id())));
        }
    }

    private void told(List<Finding> findings) {
        for (var finding : findings) {
            tally.count(finding.what());
            alarm.accept("%s: %s".formatted(finding.what(), finding.row()));
        }
    }

    /** Again until it is acknowledged. @return false where that took too long: what became of it is unknown then */
    private boolean send(List<Map<String, Object>> rows) throws InterruptedException {
        var body = ByteSlice.ofUtf8(JSON.writeValueAsString(Map.of("rows", rows, "api_version", 2)));
        long deadline = nanoTime.getAsLong() + ACKNOWLEDGED_WITHIN.toNanos();
        while (nanoTime.getAsLong() - deadline < 0) {
            try {
                if (client.postRaw("/logs3", body, Map.of()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException unanswered) {
                // The same ids are sent again: harmless.
            }
            tally.count("unavailable");
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }

    /** Empty where the server did not answer. */
    private Optional<List<Row>> read(ProbeTrace trace, boolean strict) throws InterruptedException {
        var path = "/ui/objects/project_logs/%s/traces/%s?strict=%s".formatted(project, trace.id(), strict);
        try {
            var answer = client.getRaw(path);
            if (answer.statusCode() == 200) {
                tally.count("reads");
                return Optional.of(rows(JSON.readTree(answer.body())));
            }
            if (answer.statusCode() == 404) {
                tally.count("reads");
                return Optional.of(List.of());
            }
        } catch (IOException unanswered) {
            // Counted below.
        }
        tally.count("unavailable");
        return Optional.empty();
    }

    private static List<Row> rows(JsonNode page) {
        var rows = new ArrayList<Row>();
        for (var row : page.path("rows")) {
            rows.add(new Row(
                    row.path("id").asString(""),
                    row.path("input").asString(""),
                    row.path("output").asString("")));
        }
        return rows;
    }
}

package io.spanlake.benchmarks.queries;

import io.spanlake.benchmarks.load.Answer;
import io.spanlake.benchmarks.load.SpanlakeClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks each question until the process is warm, then in rounds; one at a time, the whole answer read. */
final class QueriesBenchmark {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final int WARM_UP_RUNS_MAX = 400;
    private static final int WARM_UP_RUNS_MIN = 3;
    private static final int ROUNDS = 3;
    private static final int RUNS = 60;
    private static final int RUNS_MIN = 5;
    /** A round of slow answers ends here. */
    private static final Duration ROUND_MAX = Duration.ofSeconds(5);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final SpanlakeClient client;

    QueriesBenchmark(SpanlakeClient client) {
        this.client = client;
    }

    /**
     * @param first of each variant, before it was ever asked
     * @param rows  of the answer to the first variant
     */
    record Measured(Timed first, Timed times, int rows) {}

    /** Each variant for the first time. */
    Timed first(QueryCase question) {
        var first = new Timed();
        first.round(bodies(question).stream().mapToDouble(this::millis).toArray());
        return first;
    }

    /** Until what it needs is in memory, and compiled. */
    void warm(QueryCase question) {
        var bodies = bodies(question);
        long warm = System.nanoTime() + WARM_UP.toNanos();
        for (int i = 0; i < WARM_UP_RUNS_MAX && (i < WARM_UP_RUNS_MIN || System.nanoTime() < warm); i++) {
            ask(bodies.get(i % bodies.size()));
        }
    }

    private static List<byte[]> bodies(QueryCase question) {
        return question.queries().stream().map(QueriesBenchmark::body).toList();
    }

    Measured measure(QueryCase question, Timed first) {
        var bodies = bodies(question);
        int rows = JSON.readTree(ask(bodies.getFirst()).text()).path("data").size();
        warm(question);
        var times = new Timed();
        int perRound = (RUNS + bodies.size() - 1) / bodies.size() * bodies.size();
        for (int round = 0; round < ROUNDS; round++) {
            times.round(round(bodies, perRound));
        }
        return new Measured(first, times, rows);
    }

    private double[] round(List<byte[]> bodies, int runs) {
        var millis = new double[runs];
        int done = 0;
        long end = System.nanoTime() + ROUND_MAX.toNanos();
        while (done < runs && (done < RUNS_MIN || System.nanoTime() < end)) {
            millis[done] = millis(bodies.get(done % bodies.size()));
            done++;
        }
        return Arrays.copyOf(millis, done);
    }

    private double millis(byte[] body) {
        long begun = System.nanoTime();
        ask(body);
        return (System.nanoTime() - begun) / 1e6;
    }

    /** The rows of one query. */
    JsonNode data(String query) {
        return JSON.readTree(ask(body(query)).text()).path("data");
    }

    private Answer ask(byte[] body) {
        var answer = Objects.requireNonNull(client.post("/btql", body).block(ANSWER_WITHIN));
        if (!answer.isTaken()) {
            throw new IllegalStateException("status %d: %s for %s"
                    .formatted(answer.status(), answer.text(), new String(body, StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private static byte[] body(String query) {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("query", query));
    }
}

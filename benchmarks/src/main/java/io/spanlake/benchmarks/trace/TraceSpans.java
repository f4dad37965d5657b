package io.spanlake.benchmarks.trace;

import io.spanlake.benchmarks.load.SpanlakeClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import reactor.core.publisher.Mono;

/** The spans of one trace, each of about the same size, as an agent's that runs for hours. Blocks. */
final class TraceSpans {
    static final String TRACE = "the-trace";
    private static final int BODY_BYTES = 3 << 20;
    private static final int FIELDS_BYTES = 420;
    private static final int WORDS = 5_000;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String project;
    private final int spans;
    private final int spanBytes;
    private final Random random = new Random(1);

    TraceSpans(String project, int spans, int spanBytes) {
        this.project = project;
        this.spans = spans;
        this.spanBytes = spanBytes;
    }

    static String rowId(int span) {
        return "span-" + span;
    }

    /** Returns once all are acknowledged. */
    void send(SpanlakeClient client) {
        var rows = new StringBuilder();
        for (int span = 0; span < spans; span++) {
            rows.append(rows.isEmpty() ? "{\"rows\":[" : ",").append(row(span));
            if (rows.length() > BODY_BYTES || span == spans - 1) {
                send(client, rows.append("],\"api_version\":2}").toString().getBytes(StandardCharsets.UTF_8));
                rows.setLength(0);
            }
        }
    }

    private static void send(SpanlakeClient client, byte[] body) {
        var answer = Objects.requireNonNull(client.post("/logs3", body).block(ANSWER_WITHIN));
        while (answer.isBusy()) {
            Mono.delay(PAUSE).block();
            answer = Objects.requireNonNull(client.post("/logs3", body).block(ANSWER_WITHIN));
        }
        if (!answer.isTaken()) {
            throw new IllegalStateException("status %d: %s".formatted(answer.status(), answer.text()));
        }
    }

    private String row(int span) {
        var text = new StringBuilder(spanBytes);
        while (text.length() < spanBytes - FIELDS_BYTES) {
            text.append("word").append(random.nextInt(WORDS)).append(' ');
        }
        int half = text.length() / 2;
        var parents = span == 0 ? "[]" : "[\"s%d\"]".formatted((span - 1) / 8);
        return """
                {"project_id":"%s","log_id":"g","id":"%s","span_id":"s%d","root_span_id":"%s","span_parents":%s,\
                "span_attributes":{"name":"step %d","type":"%s"},"metadata":{"model":"gpt-4o","attempt":%d},\
                "metrics":{"start":%d.25,"end":%d.5,"tokens":%d},"input":[{"role":"user","content":"%s"}],"output":"%s"}""".formatted(
                        project,
                        rowId(span),
                        span,
                        TRACE,
                        parents,
                        span % 40,
                        span % 3 == 0 ? "llm" : "tool",
                        span % 5,
                        1_770_000_000 + span,
                        1_770_000_001 + span,
                        span % 4_000,
                        text.substring(0, half),
                        text.substring(half));
    }
}

package io.spanlake.standalone.load;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.client.SpanlakeClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests until they are taken: waits as long as the server asks, and tries again where nobody answers. */
final class BatchSender {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    private final SpanlakeClient client;
    private final String projectId;
    private final String fileId;
    private final RandomGenerator random;

    /** @param fileId names this content of this file, for the idempotency of requests */
    BatchSender(SpanlakeClient client, String projectId, String fileId, RandomGenerator random) {
        this.client = client;
        this.projectId = projectId;
        this.fileId = fileId;
        this.random = random;
    }

    /** @return spans that were refused of a request that was taken, with what the server says about them */
    Refused send(Batch batch) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 0; ; attempt++) {
            var trouble = "";
            var pause = pauseAfter(attempt);
            try {
                var answer = client.postRaw(batch.form().path(), batch.body(), headers(batch));
                if (answer.statusCode() == 200) {
                    return Refused.of(batch, answer.body());
                }
                trouble = "%d: %s".formatted(answer.statusCode(), SpanlakeClient.detail(answer));
                if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    throw new FileFault("%s refused with %s".formatted(batch.place(), trouble));
                }
                pause = retryAfter(answer, pause);
            } catch (IOException e) {
                trouble = e.getClass().getSimpleName();
            }
            if (System.nanoTime() + pause.toNanos() > until) {
                throw new StartFailure(
                        "%s: %s was not taken within %d minutes (%s).%nThe same command goes on from here."
                                .formatted(client.url(), batch.place(), PATIENCE.toMinutes(), trouble));
            }
            LockSupport.parkNanos(pause.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private Map<String, String> headers(Batch batch) {
        return batch.form() == FileForm.OTLP
                ? Map.of("x-bt-parent", "project_id:" + projectId)
                : Map.of("Idempotency-Key", idempotencyKey(batch));
    }

    private String idempotencyKey(Batch batch) {
        var text = "%s %s %d %d %d".formatted(fileId, projectId, batch.firstLine(), batch.nextLine(), batch.part());
        return HexFormat.of().formatHex(FileIds.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Duration pauseAfter(int attempt) {
        long millis = Math.min(PAUSE_MAX.toMillis(), 100L << Math.min(attempt, 10));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis));
    }

    private static Duration retryAfter(HttpResponse<String> answer, Duration otherwise) {
        return answer.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(otherwise);
    }

    /** @param reason empty where nothing was refused */
    record Refused(long spans, String reason) {
        static Refused of(Batch batch, String answer) {
            if (batch.form() != FileForm.OTLP) {
                return new Refused(0, "");
            }
            var partial = JsonMapper.shared().readTree(answer).path("partialSuccess");
            return new Refused(
                    partial.path("rejectedSpans").asLong(0),
                    partial.path("errorMessage").asString(""));
        }
    }
}

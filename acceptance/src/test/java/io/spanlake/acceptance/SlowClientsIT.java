package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two hundred clients that each announce 64 MiB and send a little at a time: more than any heap, if it were believed. */
class SlowClientsIT {
    private static final int CLIENTS = 200;
    private static final long ANNOUNCED_BYTES = 64L << 20;
    private static final long GROWTH_BYTES_MAX = 256L << 20;
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(10);
    private static final int ROUNDS = 20;

    private final Standalone standalone = Standalone.shared();
    private final Client client = Client.of(standalone);
    private final String project = client.project("slow-" + UUID.randomUUID());

    @Test
    void memoryStaysFlatAndOthersAreServed() throws IOException {
        logOne("warm");
        long before = standalone.residentBytes();
        var slow = new ArrayList<RawHttp>();
        try {
            var headers = Map.of("Content-Type", "application/json", "Content-Length", Long.toString(ANNOUNCED_BYTES));
            for (int i = 0; i < CLIENTS; i++) {
                slow.add(RawHttp.post(standalone.url(), "/logs3", Standalone.KEY, headers));
            }
            long most = trickle(slow);

            assertThat(most - before)
                    .as("growth in bytes, from %d MiB", before >> 20)
                    .isLessThan(GROWTH_BYTES_MAX);
        } finally {
            for (var one : slow) {
                one.close();
            }
        }
        logOne("after");
        assertThat(Rows.byId(client.rows(project))).hasSize(ROUNDS + 2).containsKeys("warm", "after");
    }

    /** @return the most memory seen meanwhile */
    private long trickle(List<RawHttp> slow) {
        var start = "{\"rows\":[{\"id\":\"slow\",\"input\":\"".getBytes(StandardCharsets.UTF_8);
        var more = "x".repeat(64 << 10).getBytes(StandardCharsets.UTF_8);
        slow.forEach(one -> one.send(start));
        long most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            slow.forEach(one -> one.send(more));
            logOne("round-" + round);
            most = Math.max(most, standalone.residentBytes());
        }
        return most;
    }

    /** A good request meanwhile is served soon; one that is told to come again comes again. */
    private void logOne(String id) {
        var body = "{\"rows\":[{\"id\":\"%s\",\"project_id\":\"%s\",\"log_id\":\"g\",\"input\":1}],\"api_version\":2}"
                .formatted(id, project);
        long deadline = System.nanoTime() + SERVED_WITHIN.toNanos();
        var answer = client.postJson("/logs3", body);
        while (answer.status() == 429 && System.nanoTime() < deadline) {
            Pauses.millis(100);
            answer = client.postJson("/logs3", body);
        }
        answer.expectOk();
    }
}

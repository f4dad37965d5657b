package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code ./spanlake probe} against a standalone: quiet while promises are kept, and not where one is broken. */
class ProbeIT {
    private final Standalone standalone = Standalone.shared();
    private final Client client = Client.of(standalone);

    @Test
    void itFindsNothingWhereNothingIsWrong() {
        var said = standalone.run("probe", "--project", "probed", "--rounds", "12", "--pause", "10");

        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output()).contains("traces 12,").contains("lost 0, doubled 0, wrong 0, stale 0");
    }

    @Test
    void itSaysWhichRowsAreGoneAndWhichHaveChanged() {
        var project = client.project("meddled with");
        var meddler = CompletableFuture.runAsync(() -> meddle(project));

        var said = standalone.run("probe", "--project", "meddled with", "--rounds", "30", "--pause", "300");
        meddler.join();

        assertThat(said.exitCode()).as(said.output()).isEqualTo(6);
        assertThat(said.output()).contains("lost: probe-").contains("wrong: probe-");
    }

    /** Somebody deletes one row of the probe's, and changes another. */
    private void meddle(String project) {
        var rows = client.rows(project);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (rows.size() < 10 && System.nanoTime() < deadline) {
            Pauses.millis(50);
            rows = client.rows(project);
        }
        var trace = rows.getLast().text("root_span_id");
        for (int round = 0; round < 3; round++) {
            client.postJson(
                            "/logs3",
                            "{\"rows\":[%s,%s]}"
                                    .formatted(
                                            row(project, trace + "-0", "\"_object_delete\":true"),
                                            row(project, trace + "-1", "\"_is_merge\":true,\"input\":\"not this\"")))
                    .expectOk();
        }
    }

    private static String row(String project, String id, String more) {
        return "{\"id\":\"%s\",\"project_id\":\"%s\",\"log_id\":\"g\",%s}".formatted(id, project, more);
    }
}

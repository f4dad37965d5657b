package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The database is lost, and made again from the blobs. */
class RebuildIT {
    private static final int ROWS = 60;

    @Test
    void everythingIsThereAgainAndGoesOn() throws IOException {
        try (var standalone = Standalone.start(Places.freshData("rebuilt"), Standalone.INDEXING)) {
            var client = Client.of(standalone);
            var project = client.project("lost and found");
            aLifeIn(standalone, client, project);
            var verified = sound(standalone);
            var rows = Rows.byId(client.rows(project));
            var keyOfAnother = client.project("another");
            standalone.stop();
            orphanIn(standalone.data());

            loseTheDatabase(standalone.data());
            assertThat(startRefused(standalone))
                    .contains("the catalog in PostgreSQL is lost")
                    .contains("rebuild");
            var said =
                    standalone.runOnData("rebuild", "--data", standalone.data().toString());

            assertThat(said.exitCode()).as(said.output()).isZero();
            assertThat(said.output()).contains("Names and keys of 1 organizations");
            standalone.startAgain();
            assertThat(client.project("lost and found")).as("its id").isEqualTo(project);
            assertThat(client.project("another")).as("its id").isEqualTo(keyOfAnother);
            standalone.run("compact").orThrow();
            assertThat(sound(standalone)).isEqualTo(verified);
            assertThat(Rows.byId(client.rows(project))).isEqualTo(rows);
            itGoesOn(standalone, client, project);
        }
    }

    /** And a catalog that has content is not touched by a second rebuild. */
    private static void itGoesOn(Standalone standalone, Client client, String project) {
        client.postJson("/logs3", body(project, 1_000, 1_010, "")).expectOk();
        standalone.run("compact", "--merge").orThrow();
        assertThat(String.join("\n", sound(standalone))).contains("%d rows".formatted(ROWS + 20 - 3 + 10));
        assertThat(Rows.byId(client.rows(project)))
                .containsKeys("row-1000", "row-0")
                .doesNotContainKey("row-10");
        standalone.stop();
        var again = standalone.runOnData("rebuild", "--data", standalone.data().toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("is not lost");
    }

    /** Writes, cuts, parts, patches, deletes, merges; the blobs of all that was before lie there still. */
    private static void aLifeIn(Standalone standalone, Client client, String project) {
        client.postJson("/logs3", body(project, 0, ROWS, "")).expectOk();
        standalone.run("compact").orThrow();
        client.postJson("/logs3", body(project, 0, 5, ",\"_is_merge\":true,\"scores\":{\"good\":0.5}"))
                .expectOk();
        client.postJson("/logs3", body(project, 10, 13, ",\"_object_delete\":true"))
                .expectOk();
        standalone.run("compact").orThrow();
        client.postJson("/logs3", body(project, ROWS, ROWS + 20, "")).expectOk();
        standalone.run("compact", "--merge").orThrow();
        client.postJson("/logs3", body(project, 20, 25, ",\"_is_merge\":true,\"tags\":[\"late\"]"))
                .expectOk();
        standalone.run("compact").orThrow();
    }

    private static String body(String project, int first, int next, String more) {
        var rows = IntStream.range(first, next)
                .mapToObj(i ->
                        "{\"id\":\"row-%d\",\"project_id\":\"%s\",\"log_id\":\"g\",\"root_span_id\":\"trace-%d\",\"input\":\"value %d\"%s}"
                                .formatted(i, project, i / 10, i, more))
                .toList();
        return "{\"rows\":[" + String.join(",", rows) + "],\"api_version\":2}";
    }

    /**
     * What verify says of each object, without bytes, which a cut more or less changes, and without dead rows: when they had
     * to be gone was lost with the catalog, so they go at once.
     */
    private static List<String> sound(Standalone standalone) {
        return standalone
                .run("verify")
                .orThrow()
                .lines()
                .filter(line -> line.startsWith("sound"))
                .map(line -> line.replaceAll(", [0-9.]+ MB|[0-9]+ parts with| \\([0-9]+ dead\\)", ""))
                .toList();
    }

    private static String startRefused(Standalone standalone) {
        var said = standalone.runOnData(
                "start", "--foreground", "--data", standalone.data().toString(), "--port", "0");
        assertThat(said.exitCode()).isEqualTo(1);
        return said.output();
    }

    private static void loseTheDatabase(Path data) throws IOException {
        try (var files = Files.walk(data.resolve("postgres"))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A part that was written and never published. */
    private static void orphanIn(Path data) throws IOException {
        try (var files = Files.walk(data.resolve("blobs"))) {
            var part = files.filter(file -> file.toString().endsWith(".part"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(part, part.resolveSibling("01ZZZZZZZZZZZZZZZZZZZZZZZZ.part"));
        } catch (UncheckedIOException changed) {
            throw new IOException(changed);
        }
    }
}

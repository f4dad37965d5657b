package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Recorded traces in; everything cut, indexed and merged; the database lost and made again: all spans are there, and what is
 * live is sound. One file of six, or all of them with {@code -Dspanlake.acceptance.corpus=all}.
 */
class CorpusThroughEveryStageIT {
    private static final boolean ALL =
            System.getProperty("spanlake.acceptance.corpus", "one").equals("all");
    private static final Duration COMPACT_WITHIN = Duration.ofMinutes(15);

    @Test
    void everySpanIsThereAfterEachStage() {
        var files = IntStream.range(0, ALL ? 6 : 1)
                .mapToObj("traces-a-%02d.jsonl.gz"::formatted)
                .map(Samples::file)
                .toList();
        try (var standalone = Standalone.start(Places.freshData("stages"), Standalone.INDEXING)) {
            var client = Client.of(standalone);
            var project = client.project("corpus");
            for (Path file : files) {
                standalone.run("load", "--project", "corpus", file.toString()).orThrow();
            }
            var spans = spansOf(files);
            assertAllThere(spans, client, project, "while stages run");

            standalone.run(COMPACT_WITHIN, "compact", "--within", "900").orThrow();
            assertAllThere(spans, client, project, "indexed");
            assertSound(standalone, spans.size());

            standalone
                    .run(COMPACT_WITHIN, "compact", "--merge", "--within", "900")
                    .orThrow();
            assertAllThere(spans, client, project, "merged");
            assertSound(standalone, spans.size());
            printSizes(standalone);

            standalone.stop();
            var said = standalone.runOnData(
                    "rebuild", "--discard", "--data", standalone.data().toString());
            assertThat(said.exitCode()).as(said.output()).isZero();
            standalone.startAgain();
            assertAllThere(spans, client, project, "rebuilt");
            assertSound(standalone, spans.size());
        }
    }

    private static List<NeutralSpan> spansOf(List<Path> files) {
        var spans = new ArrayList<NeutralSpan>();
        files.forEach(file -> spans.addAll(NeutralSpan.ofLines(Samples.text(file))));
        return spans;
    }

    private static void assertAllThere(List<NeutralSpan> spans, Client client, String project, String stage) {
        var read = Rows.by(NeutralSpan::keyOf, client.rows(project));
        assertThat(read.keySet())
                .as(stage)
                .containsExactlyInAnyOrderElementsOf(
                        spans.stream().map(NeutralSpan::key).toList());
        spans.forEach(span -> span.assertIs(Objects.requireNonNull(read.get(span.key()))));
    }

    private static void assertSound(Standalone standalone, int rows) {
        assertThat(standalone.run(COMPACT_WITHIN, "verify").orThrow())
                .contains("All is sound: 1 objects, %d rows in parts".formatted(rows));
    }

    private static void printSizes(Standalone standalone) {
        System.out.println(
                standalone.run("status", "--data", standalone.data().toString()).orThrow());
    }
}

package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded traces by {@code spanlake load}, compared span by span. One file of six, or all of them with {@code
 * -Dspanlake.acceptance.corpus=all}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusThroughLoadIT {
    private static final boolean ALL =
            System.getProperty("spanlake.acceptance.corpus", "one").equals("all");

    private Standalone standalone;

    @BeforeAll
    void start() {
        Samples.file("traces-a-00.jsonl.gz");
        standalone = Standalone.shared();
    }

    static List<String> files() {
        return IntStream.range(0, ALL ? 6 : 1)
                .mapToObj("traces-a-%02d.jsonl.gz"::formatted)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySpanOfTheFileComesBack(String name) {
        Path file = Samples.file(name);
        var client = Client.of(standalone);
        var project = client.project(name);

        standalone.run("load", "--project", name, file.toString()).orThrow();

        var spans = NeutralSpan.ofLines(Samples.text(file));
        var read = Rows.by(NeutralSpan::keyOf, client.rows(project));
        assertThat(read.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        spans.stream().map(NeutralSpan::key).toList());
        spans.forEach(span -> span.assertIs(Objects.requireNonNull(read.get(span.key()))));
    }
}

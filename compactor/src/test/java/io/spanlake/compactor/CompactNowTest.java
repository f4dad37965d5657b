package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By itself nothing is due here for hours. */
class CompactNowTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final CompactorProperties PATIENT = CompactorKit.properties(Duration.ofHours(5));

    private CompactorKit kit;
    private CompactorThreads threads;
    private CompactNow now;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
        threads = kit.threads(PATIENT);
        threads.start();
        now = kit.compactNow(threads, PATIENT);
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.stop(WITHIN);
        kit.close();
    }

    private void appendAndCut(String row) {
        kit.append(kit.full(row, "t-" + row, "{\"id\":\"%1$s\",\"root_span_id\":\"t-%1$s\"}".formatted(row)));
        kit.cut();
    }

    @Test
    void whatWasCutIsIndexedBeforeItCompletes() {
        appendAndCut("a");
        appendAndCut("b");

        now.tail().block(WITHIN);

        assertThat(kit.snapshot().sections()).isEmpty();
        assertThat(kit.partRows()).containsOnlyKeys("a", "b");
        assertThat(kit.visible()).isEqualTo(kit.expected());
    }

    @Test
    void aPatchThatWaitsForItsRowIsNotWaitedFor() {
        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"scores\":{\"good\":1}}"));
        kit.cut();

        now.tail().block(WITHIN);

        assertThat(kit.snapshot().sections()).singleElement().matches(section -> section.carried());
    }

    @Test
    void partsAreMergedAsFarAsTheyCanBeWhereThatIsAsked() {
        for (var row : new String[] {"a", "b"}) {
            appendAndCut(row);
            now.tail().block(WITHIN);
        }
        assertThat(kit.snapshot().parts()).hasSize(2);

        now.merges().block(WITHIN);

        assertThat(kit.snapshot().parts()).hasSize(1);
        assertThat(kit.visible()).isEqualTo(kit.expected()).hasSize(2);
    }
}

package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of a write, over a real broker, a real catalog and a real folder. */
@Timeout(120)
class WalStreamerTest {
    private StreamerKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new StreamerKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void everyAcknowledgedWriteBecomesVisibleOnce() {
        kit.start();

        kit.acknowledge(1_000);

        kit.awaitIdle();
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }

    @Test
    void aLoneWriteIsVisibleInTensOfMilliseconds() {
        kit.start();
        kit.acknowledge(0, 0, 1, 100);
        kit.awaitIdle();
        var took = new ArrayList<Duration>();

        for (int i = 0; i < 10; i++) {
            StreamerKit.rest(Duration.ofMillis(400));
            long began = System.nanoTime();
            kit.acknowledge(i % 4, 0, 1, 100);
            kit.awaitIdle(i % 4);
            took.add(Duration.ofNanos(System.nanoTime() - began));
        }

        took.sort(Duration::compareTo);
        assertThat(took.get(5)).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void aPutThatIsNeverAnsweredIsRepeatedSoonUnderAnotherName() {
        kit.start();
        kit.acknowledge(0, 0, 1, 100);
        kit.awaitIdle();
        int before = kit.blobs.asked().size();
        kit.blobs.hangNext(1);
        long began = System.nanoTime();

        kit.acknowledge(0, 0, 3, 100);
        kit.await("the put hangs", () -> kit.blobs.asked().size() > before);
        kit.acknowledge(1, 1, 3, 100);
        kit.awaitIdle();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(kit.blobs.asked()).doesNotHaveDuplicates();
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }

    @Test
    void aRunThatEndsWithAnErrorIsStartedAnewAndAStopHandsOver() throws InterruptedException {
        var streamer = kit.start("mortal", StreamerKit.properties(), StopAt.everyDeath(FlushStep.STORED, 2));
        kit.acknowledge(100);
        assertThat(streamer.awaitEnd()).isTrue();

        var runner = streamer.runner();
        runner.start();
        kit.acknowledge(100);
        kit.awaitIdle();
        kit.acknowledge(100);
        runner.stop(Duration.ofSeconds(10));

        assertThat(streamer.count("spanlake.wal.restarts")).isEqualTo(1);
        assertThat(runner.isRunning()).isFalse();
        kit.start();
        kit.awaitIdle();
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }
}

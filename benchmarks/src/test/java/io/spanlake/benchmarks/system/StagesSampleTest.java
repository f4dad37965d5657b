package io.spanlake.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesSampleTest {
    private static final String WAITING = """
            {"stock":{"waiting":{"unprocessed_seconds":3,"unindexed_seconds":41,"unindexed_raw_bytes":52000000}}}""";

    private static StagesSample sample(long rowBytes, int puts) {
        return StagesSample.of(
                rowBytes,
                """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="G1 Eden"} 1.0E8
                jvm_memory_used_bytes{area="heap",id="G1 Old"} 5.0E7
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
                spanlake_blobs_put_total{kind="wal"} %d
                spanlake_wal_lag_seconds NaN
                """.formatted(puts),
                WAITING,
                new StageTimes(Map.of(Stage.COMPACTOR, Duration.ofMillis(puts * 10L))),
                new Footprint(1, 9_000_000, Duration.ofMillis(puts * 20L)));
    }

    @Test
    void lagAndMemoryAreThoseOfTheReading() {
        var now = sample(10_000_000, 30).since(sample(0, 10));

        assertThat(now)
                .contains("log 0.0 s, processed 3 s, indexed 41 s; unindexed 52 MB")
                .contains("heap 150 MB")
                .contains("resident 9 MB");
    }

    @Test
    void costIsOfTheMegabytesBetweenTwoReadings() {
        var earlier = sample(0, 10);
        var now = sample(10_000_000, 30);

        assertThat(now.costSince(earlier)).contains("2.00 blobs put").contains("40.0 core-ms");
        assertThat(now.stagesSince(earlier)).contains("compactor 20.00");
    }
}

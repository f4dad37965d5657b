package io.spanlake.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
    @ParameterizedTest
    @CsvSource({
        "reactor-http-ep, GATEWAY",
        "gateway-produce, GATEWAY",
        "kafka-producer-, GATEWAY",
        "data-plane-kafk, BROKER",
        "kafka-1-raft-io, BROKER",
        "wal-kafka, STREAMER",
        "wal-encode-1, STREAMER",
        "C2 CompilerThre, COMPILER",
        "G1 Conc#0, COLLECTOR",
        "segments-work-1, PROCESSOR",
        "compact-0, COMPACTOR",
        "ui-wal-events, READS"
    })
    void aThreadBelongsToTheStageItWorksFor(String thread, Stage stage) {
        assertThat(Stage.of(thread)).isEqualTo(stage);
    }

    @Test
    void everyThreadOfThisProcessIsCounted() {
        var times = StageTimes.of(ProcessHandle.current().pid());

        assertThat(times.cpu()).isNotEmpty().containsKey(Stage.OTHER);
    }
}

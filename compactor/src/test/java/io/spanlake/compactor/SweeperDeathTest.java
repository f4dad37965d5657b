package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.compactor.sweep.SweepStep;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweeper that dies between a blob and its row in the catalog: the next one ends what it began, and nothing else. */
@Timeout(240)
class SweeperDeathTest {
    private CompactorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @ParameterizedTest
    @EnumSource
    void anotherGoesOnWhereItDied(SweepStep step) {
        kit.append(kit.full("a", "t", "{\"id\":\"a\",\"root_span_id\":\"t\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.append(kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"output\":\"z\"}"));
        kit.cut();
        kit.compactAndDieAt(CompactionStep.TAIL_STORED);
        kit.expireLeases();
        kit.compactUntilIdle();
        kit.closeEverything();
        kit.compactUntilIdle();

        kit.sweepAndDieAt(step);

        assertThat(kit.visible()).isEqualTo(kit.expected());
        kit.sweeper(Duration.ZERO).sweepRetired();
        kit.sweeper(Duration.ZERO).sweepOrphans();
        assertThat(kit.visible()).isEqualTo(kit.expected());
        assertThat(kit.sweeper(Duration.ZERO).sweepRetired()).isZero();
        assertThat(kit.sweeper(Duration.ZERO).sweepOrphans()).isZero();
    }
}

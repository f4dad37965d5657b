package io.spanlake.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.check.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** {@code -Dspanlake.simulation.seeds=10000} for long; {@code SimulationMain SEED} tells what happened in one. */
class SimulationTest {
    private static final long FIRST = Long.getLong("spanlake.simulation.first", 0);
    private static final long SEEDS = Long.getLong("spanlake.simulation.seeds", 20);
    private static final int SEEDS_TO_FIND = 1_000;

    @Test
    void noSeedBreaksAPromise(@TempDir Path scratch) {
        var broken = new ArrayList<String>();
        LongStream.range(FIRST, FIRST + SEEDS).forEach(seed -> {
            var run = SeedRun.of(seed, scratch, Fleet.SOUND, SimCatalog::sound);
            run.fault().ifPresent(fault -> broken.add(run.toString()));
        });

        assertThat(broken).isEmpty();
    }

    /** Deaths that a merge forgets want a rarer meeting than the seeds of a few minutes bring about. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DEATHS_ARE_NOT_CARRIED_OVER")
    void aPlantedBugIsFoundWithinAThousandSeeds(PlantedBug bug, @TempDir Path scratch) {
        assertIsFound(bug, scratch);
    }

    @ParameterizedTest
    @EnumSource(names = "DEATHS_ARE_NOT_CARRIED_OVER")
    @EnabledIfSystemProperty(named = "spanlake.simulation.rare", matches = "true")
    void aPlantedBugThatSeldomShowsIsFoundWithinAThousandSeeds(PlantedBug bug, @TempDir Path scratch) {
        assertIsFound(bug, scratch);
    }

    private static void assertIsFound(PlantedBug bug, Path scratch) {
        var found = LongStream.range(0, SEEDS_TO_FIND)
                .mapToObj(seed -> SeedRun.of(seed, scratch, bug.fleet(), bug.catalogs()))
                .filter(run -> run.fault().isPresent())
                .findFirst();

        assertThat(found).as("a seed that finds it").isPresent();
        var run = found.orElseThrow();
        System.out.printf(
                "%s: found by the %d. seed: %s%n",
                bug, run.seed() + 1, run.fault().orElseThrow());
        assertThat(run.fault().orElseThrow()).isInstanceOf(Violation.class);
        assertThat(SeedRun.of(run.seed(), scratch, Fleet.SOUND, SimCatalog::sound)
                        .fault())
                .as("what the same seed breaks without the bug")
                .isEmpty();
    }
}

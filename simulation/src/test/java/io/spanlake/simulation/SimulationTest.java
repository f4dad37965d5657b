package io.spanlake.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.check.Violation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dspanlake.simulation.seeds=10000} for long; {@code SimulationMain SEED} tells what happened in one. */
class SimulationTest {
    private static final long FIRST = Long.getLong("spanlake.simulation.first", 0);
    private static final long SEEDS = Long.getLong("spanlake.simulation.seeds", 20);
    private static final int SEEDS_TO_FIND = 1_000;
    private static final int AT_A_TIME = 2;
    private static final boolean FROM_THE_FIRST = Boolean.getBoolean("spanlake.simulation.fromTheFirst");
    /** Of which several parts have rows that die in the same job. */
    private static final long OF_MANY_DEATHS = 31;

    @Test
    void noSeedBreaksAPromise(@TempDir(factory = FastScratch.class) Path scratch) {
        var broken = LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .mapToObj(seed -> SeedRun.of(seed, scratch, Fleet.SOUND, SimCatalog::sound))
                .filter(run -> run.fault().isPresent())
                .map(run -> "%s%nagain, with all that happened: SimulationMain %d".formatted(run, run.seed()))
                .toList();

        assertThat(broken).isEmpty();
    }

    /** Its maps may be in another order there: what a seed finds has to be found again by who looks into it. */
    @Test
    void aSeedHasTheSameHistoryInAnotherProcess(@TempDir(factory = FastScratch.class) Path scratch) throws IOException {
        var here = SeedRun.of(OF_MANY_DEATHS, scratch, Fleet.SOUND, SimCatalog::sound);

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulationMain.class.getName(),
                        Long.toString(OF_MANY_DEATHS))
                .redirectError(Redirect.DISCARD)
                .start();
        String there;
        try (var output = process.inputReader()) {
            there = output.lines().collect(Collectors.joining("\n"));
        }

        assertThat(there).contains(here.toString());
    }

    /** All thousand are asked before it counts as not found; where it was seen before is only where they begin. */
    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFoundWithinAThousandSeeds(PlantedBug bug, @TempDir(factory = FastScratch.class) Path scratch) {
        long begin = FROM_THE_FIRST ? 0 : bug.seenBy();
        var found = LongStream.iterate(0, asked -> asked < SEEDS_TO_FIND, asked -> asked + AT_A_TIME)
                .mapToObj(asked -> firstThatFinds(bug, scratch, begin + asked))
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(found).as("a seed that finds it").isPresent();
        var run = found.orElseThrow();
        System.out.printf(
                "%s: found by seed %d, looked for from %d on: %s%n",
                bug, run.seed(), begin, run.fault().orElseThrow());
        assertThat(run.fault().orElseThrow()).isInstanceOf(Violation.class);
        assertThat(SeedRun.of(run.seed(), scratch, Fleet.SOUND, SimCatalog::sound)
                        .fault())
                .as("what the same seed breaks without the bug")
                .isEmpty();
    }

    private static Optional<SeedRun> firstThatFinds(PlantedBug bug, Path scratch, long first) {
        return LongStream.range(first, first + AT_A_TIME)
                .parallel()
                .mapToObj(seed -> SeedRun.of(seed % SEEDS_TO_FIND, scratch, bug.fleet(), bug.catalogs()))
                .filter(run -> run.fault().isPresent())
                .findFirst();
    }
}

package io.spanlake.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.check.Violation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private static final int AT_A_TIME = 4;
    /** Of which several parts have rows that die in the same job. */
    private static final long OF_MANY_DEATHS = 31;

    @Test
    void noSeedBreaksAPromise(@TempDir Path scratch) {
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
    void aSeedHasTheSameHistoryInAnotherProcess(@TempDir Path scratch) throws IOException {
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

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFoundWithinAThousandSeeds(PlantedBug bug, @TempDir Path scratch) {
        var found = IntStream.iterate(0, first -> first < SEEDS_TO_FIND, first -> first + AT_A_TIME)
                .mapToObj(first -> firstThatFinds(bug, scratch, first))
                .flatMap(Optional::stream)
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

    private static Optional<SeedRun> firstThatFinds(PlantedBug bug, Path scratch, int first) {
        return IntStream.range(first, first + AT_A_TIME)
                .parallel()
                .mapToObj(seed -> SeedRun.of(seed, scratch, bug.fleet(), bug.catalogs()))
                .filter(run -> run.fault().isPresent())
                .findFirst();
    }
}

package io.spanlake.simulation;

import io.spanlake.simulation.catalog.SimCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.LongStream;

/** Runs seeds: {@code SimulationMain FIRST COUNT}, or one of them with all that happened in it: {@code SimulationMain SEED}. */
public final class SimulationMain {
    private SimulationMain() {}

    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        var scratch = Files.createTempDirectory("spanlake-simulation");
        long began = System.nanoTime();
        var failed = LongStream.range(first, first + count)
                .mapToObj(seed -> SeedRun.of(seed, scratch, Fleet.SOUND, SimCatalog::sound))
                .peek(run -> {
                    if (count == 1) {
                        run.lines().forEach(System.out::println);
                        System.out.println(run);
                        run.fault().ifPresent(fault -> fault.printStackTrace(System.out));
                    } else if (run.fault().isPresent() || Boolean.getBoolean("spanlake.simulation.tell")) {
                        System.out.println(run);
                    }
                })
                .filter(run -> run.fault().isPresent())
                .count();
        System.out.printf("%d seeds, %d failed, %.1f s%n", count, failed, (System.nanoTime() - began) / 1e9);
        System.exit(failed == 0 ? 0 : 1);
    }
}

package io.spanlake.simulation;

import io.spanlake.simulation.catalog.SimCatalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Runs seeds, as many at a time as there are cores: {@code SimulationMain FIRST COUNT}, or one of them with all that happened
 * in it: {@code SimulationMain SEED}.
 */
public final class SimulationMain {
    private SimulationMain() {}

    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        var scratch = Files.createTempDirectory("spanlake-simulation");
        boolean sound = arguments.length > 1 ? many(first, Long.parseLong(arguments[1]), scratch) : one(first, scratch);
        System.exit(sound ? 0 : 1);
    }

    private static boolean one(long seed, Path scratch) {
        var run = SeedRun.of(seed, scratch, Fleet.SOUND, SimCatalog::sound);
        run.lines().forEach(System.out::println);
        System.out.println(run);
        run.fault().ifPresent(fault -> fault.printStackTrace(System.out));
        return run.fault().isEmpty();
    }

    private static boolean many(long first, long count, Path scratch) {
        long began = System.nanoTime();
        long failed = LongStream.range(first, first + count)
                .parallel()
                .mapToObj(seed -> SeedRun.of(seed, scratch, Fleet.SOUND, SimCatalog::sound))
                .peek(SimulationMain::tell)
                .filter(run -> run.fault().isPresent())
                .count();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%d seeds from %d on, %d failed, %.1f s, %.1f seeds a second, %.2f core-seconds a seed%n",
                count, first, failed, seconds, count / seconds, coreSeconds() / count);
        return failed == 0;
    }

    private static void tell(SeedRun run) {
        if (run.fault().isPresent() || Boolean.getBoolean("spanlake.simulation.tell")) {
            System.out.println(run);
        }
        if (run.fault().isPresent()) {
            System.out.println("again, with all that happened: SimulationMain " + run.seed());
        }
    }

    private static double coreSeconds() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e9;
    }
}

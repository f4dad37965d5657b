package io.spanlake.simulation;

import io.spanlake.simulation.catalog.SimCatalog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;

/**
 * What became of a seed.
 *
 * @param hash  over all that happened: the same for the same seed
 * @param lines the last of what happened
 */
public record SeedRun(long seed, Optional<Throwable> fault, long hash, long events, List<String> lines) {
    public SeedRun {
        lines = List.copyOf(lines);
    }

    /** @param scratch a folder for files of parts under way */
    public static SeedRun of(
            long seed, Path scratch, Fleet fleet, BiFunction<InstantSource, Runnable, SimCatalog> catalogs) {
        var run = new FutureTask<>(() -> ofThis(seed, scratch, fleet, catalogs));
        Thread.ofVirtual().name("world-" + seed).start(run);
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("seed " + seed, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private static SeedRun ofThis(
            long seed, Path scratch, Fleet fleet, BiFunction<InstantSource, Runnable, SimCatalog> catalogs) {
        var simulation = new Simulation(seed, scratch, fleet, catalogs);
        Optional<Throwable> fault = Optional.empty();
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError found) {
            fault = Optional.of(found);
        }
        var trace = simulation.trace();
        return new SeedRun(seed, fault, trace.hash(), trace.count(), trace.last());
    }

    @Override
    public String toString() {
        return "seed %d, %d events, %016x: %s"
                .formatted(seed, events, hash, fault.map(Throwable::toString).orElse("nothing was broken"));
    }
}

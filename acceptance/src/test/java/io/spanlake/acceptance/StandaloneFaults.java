package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What fails beneath a standalone, and how it stands still itself: each kind once, in any order, before any comes again. */
final class StandaloneFaults {
    enum Fault {
        /** Of a client's connection, in whatever statement: the database throws all others out and recovers. */
        DATABASE_BACKEND_KILLED,
        DATABASE_BACKENDS_TERMINATED,
        DATABASE_STANDS_STILL,
        CACHE_STANDS_STILL,
        /** For good: the process has to do without. */
        CACHE_KILLED,
        /** Longer than Kafka's sessions and the compactor's lease. */
        PROCESS_STANDS_STILL,
        /** Longer than an id may be older than its record. */
        PROCESS_STANDS_STILL_FOR_LONG,
        SCRATCH_DELETED
    }

    private final Random random;
    private final List<Fault> left = new ArrayList<>();
    private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);

    StandaloneFaults(Random random) {
        this.random = random;
    }

    /** Blocks until it is over. */
    Fault injectNext(Standalone standalone) throws IOException {
        var fault = next();
        injected.merge(fault, 1, Integer::sum);
        inject(fault, standalone);
        return fault;
    }

    private Fault next() {
        if (left.isEmpty()) {
            left.addAll(List.of(Fault.values()));
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }

    private void inject(Fault fault, Standalone standalone) throws IOException {
        var database = standalone.postgres().orElseThrow();
        switch (fault) {
            case DATABASE_BACKEND_KILLED -> anyOf(backends(database)).ifPresent(ProcessHandle::destroyForcibly);
            case DATABASE_BACKENDS_TERMINATED -> backends(database).forEach(ProcessHandle::destroy);
            case DATABASE_STANDS_STILL -> Signals.pause(Signals.withDescendants(database), seconds(12));
            case CACHE_STANDS_STILL -> Signals.pause(standalone.redis().stream().toList(), seconds(5));
            case CACHE_KILLED -> standalone.redis().ifPresent(ProcessHandle::destroyForcibly);
            case PROCESS_STANDS_STILL -> Signals.pause(List.of(standalone.server()), seconds(12));
            case PROCESS_STANDS_STILL_FOR_LONG -> Signals.pause(List.of(standalone.server()), seconds(33));
            case SCRATCH_DELETED -> delete(standalone);
        }
    }

    private Duration seconds(int least) {
        return Duration.ofMillis(least * 1_000L + random.nextInt(3_000));
    }

    private Optional<ProcessHandle> anyOf(List<ProcessHandle> processes) {
        return processes.isEmpty() ? Optional.empty() : Optional.of(processes.get(random.nextInt(processes.size())));
    }

    /** Those that serve a connection; the database names them by it. */
    private static List<ProcessHandle> backends(ProcessHandle database) throws IOException {
        var backends = new ArrayList<ProcessHandle>();
        for (var child : database.children().toList()) {
            var commandLine = Path.of("/proc/" + child.pid() + "/cmdline");
            if (Files.exists(commandLine) && Files.readString(commandLine).contains("127.0.0.1(")) {
                backends.add(child);
            }
        }
        return backends;
    }

    /** Files of work under way, as a cleaner of temporary folders would. */
    private static void delete(Standalone standalone) throws IOException {
        try (var files = Files.walk(standalone.data().resolve("scratch"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException changedMeanwhile) {
            System.out.println("a folder went while it was walked: " + changedMeanwhile.getMessage());
        }
    }

    @Override
    public String toString() {
        return injected.toString();
    }
}

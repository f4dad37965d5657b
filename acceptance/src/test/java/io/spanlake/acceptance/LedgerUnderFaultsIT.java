package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/**
 * What the process relies on fails under it, or stands still, and it stands still itself for longer than sessions, leases and
 * ids live, while a ledger is written through it. It has to go on by itself after each, and the ledger has to balance.
 *
 * <p>{@code -Dspanlake.acceptance.faults=60} says how many, {@code -Dspanlake.acceptance.seed} repeats the mix and the faults.
 */
class LedgerUnderFaultsIT {
    private static final int FAULTS = Integer.getInteger("spanlake.acceptance.faults", 3);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int LOAD_MILLIS_MAX = 3_000;
    private static final int CHECK_EVERY = 20;

    private enum Fault {
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

    private final Random random = new Random(SEED);
    private final List<Fault> left = new ArrayList<>();
    private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);

    @Test
    void everyAcknowledgedWriteIsThereOnceWhateverFailsBeneath() throws Exception {
        System.out.printf("faults %d, seed %d%n", FAULTS, SEED);
        var data = Places.freshData("faulty");
        try (var standalone = Standalone.start(data, BusyStages.SETTINGS);
                var ledger = new Ledger(Client.of(standalone), data.resolveSibling("ledger.jsonl"), SEED)) {
            ledger.startWriting();
            for (int count = 1; count <= FAULTS; count++) {
                ledger.awaitProgress();
                Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
                inject(next(), standalone);
                assertThat(standalone.isAlive()).as("alive after %s", injected).isTrue();
                if (count % CHECK_EVERY == 0) {
                    ledger.awaitProgress();
                    ledger.stopWriting();
                    ledger.assertHolds("after " + injected);
                    ledger.startWriting();
                }
            }
            ledger.awaitProgress();
            ledger.stopWriting();
            System.out.printf("seed %d: %s%n%s%n", SEED, injected, ledger.tally());
            ledger.assertHolds("after the last fault");
            standalone.kill();
            standalone.startAgain();
            standalone.run("compact", "--merge").orThrow();
            ledger.assertHolds("merged");
            LogLines.of(standalone).assertTellNothingOf(LedgerTexts.PLANTED);
        }
    }

    private Fault next() {
        if (left.isEmpty()) {
            left.addAll(List.of(Fault.values()));
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }

    private void inject(Fault fault, Standalone standalone) throws IOException {
        injected.merge(fault, 1, Integer::sum);
        System.out.println(fault);
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
}

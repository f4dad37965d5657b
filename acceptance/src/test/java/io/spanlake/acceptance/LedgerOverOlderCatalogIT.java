package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The database is set back to a backup of before, while blobs and broker are of now, and a ledger was written all the time. */
class LedgerOverOlderCatalogIT {
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int MORE_MILLIS = 6_000;

    /** The older catalog lists blobs that are gone, and not those in which their rows are: it has to be made again. */
    @Test
    void aCatalogThatLacksSwapsIsRefusedAndARebuildHasEverything() throws Exception {
        var data = Places.freshData("older-catalog");
        try (var standalone = Standalone.start(data, settings());
                var ledger = new Ledger(Client.of(standalone), data.resolveSibling("ledger.jsonl"), SEED)) {
            write(ledger, MORE_MILLIS);
            standalone.stop();
            var backup = backup(data);
            standalone.startAgain();
            write(ledger, MORE_MILLIS);
            standalone.run("compact", "--merge").orThrow();
            standalone.stop();

            putBack(backup, data);
            var refused = standalone.runOnData("start", "--foreground", "--data", data.toString(), "--port", "0");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
            assertThat(refused.output()).contains("older than the blobs").contains("rebuild --discard --data " + data);
            standalone
                    .runOnData("rebuild", "--discard", "--data", data.toString())
                    .orThrow();
            standalone.startAgain();

            ledger.assertHolds("made again of the blobs");
            write(ledger, 1_000);
            standalone.run("compact", "--merge").orThrow();
            ledger.assertHolds("after it went on");
            assertThat(standalone.run("verify").exitCode()).as("verified").isZero();
        }
    }

    /** Where no swap is lacked, the log has all of the rest, and the streamer reads it again. */
    @Test
    void aCatalogThatLacksFlushesGoesOnByItself() throws Exception {
        var data = Places.freshData("older-log");
        try (var standalone = Standalone.start(data, Map.of("SPANLAKE_INDEXING_ENABLED", "false"));
                var ledger = new Ledger(Client.of(standalone), data.resolveSibling("ledger.jsonl"), SEED)) {
            write(ledger, 3_000);
            standalone.stop();
            var backup = backup(data);
            standalone.startAgain();
            write(ledger, MORE_MILLIS);
            standalone.stop();

            putBack(backup, data);
            standalone.startAgain();

            ledger.assertHolds("read again from the log");
            write(ledger, 1_000);
            standalone.stop();
            standalone.startAgain(Standalone.INDEXING);
            standalone.run("compact", "--merge").orThrow();
            ledger.assertHolds("merged");
            assertThat(standalone.run("verify").exitCode()).as("verified").isZero();
        }
    }

    private static Map<String, String> settings() {
        var settings = new TreeMap<>(BusyStages.SETTINGS);
        settings.put("SPANLAKE_COMPACTOR_ORPHANAGE", "60s");
        return settings;
    }

    private static void write(Ledger ledger, int millis) throws Exception {
        ledger.startWriting();
        ledger.awaitProgress();
        Pauses.millis(millis);
        ledger.awaitProgress();
        ledger.stopWriting();
    }

    private static Path backup(Path data) throws IOException {
        var backup = data.resolveSibling("backup");
        copy(data.resolve("postgres"), backup);
        return backup;
    }

    private static void putBack(Path backup, Path data) throws IOException {
        var database = data.resolve("postgres");
        try (var files = Files.walk(database)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(backup, database);
    }

    /** With the rights of its files, without which PostgreSQL does not start. */
    private static void copy(Path source, Path target) throws IOException {
        var copied = CommandResult.of(
                new ProcessBuilder("cp", "-a", source.toString(), target.toString()), Duration.ofMinutes(1));
        copied.orThrow();
    }
}

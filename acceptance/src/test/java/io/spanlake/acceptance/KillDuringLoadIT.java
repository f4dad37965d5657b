package io.spanlake.acceptance;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The process is killed at random moments while clients write. {@code -Dspanlake.acceptance.kills=10} says how often
 * (three times where it is not set), {@code -Dspanlake.acceptance.seed} repeats a run.
 */
class KillDuringLoadIT {
    private static final int KILLS = Integer.getInteger("spanlake.acceptance.kills", 3);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int LOAD_MILLIS_MAX = 4_000;

    @Test
    void everyAcknowledgedRowIsThereOnce() throws Exception {
        var random = new Random(SEED);
        try (var standalone = Standalone.start(Places.freshData("killed"))) {
            var client = Client.of(standalone);
            var project = client.project("killed");
            try (var ledger = new Ledger(client, project)) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    int before = ledger.acknowledged();
                    ledger.startWriting();
                    ledger.awaitMoreThan(before);
                    Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
                    kill(standalone, kill);
                    ledger.stopWriting();
                    standalone.startAgain();
                }
                int before = ledger.acknowledged();
                ledger.startWriting();
                ledger.awaitMoreThan(before);
                ledger.stopWriting();

                System.out.printf(
                        "killed %d times, seed %d: %,d rows acknowledged%n", KILLS, SEED, ledger.acknowledged());
                ledger.assertHolds(client.rows(project));
            }
        }
    }

    /** By turns the process alone, whose database and cache live on, and everything at once as in a power cut. */
    private static void kill(Standalone standalone, int kill) {
        if (kill % 2 == 1) {
            standalone.killAlone();
        } else {
            standalone.kill();
        }
    }
}

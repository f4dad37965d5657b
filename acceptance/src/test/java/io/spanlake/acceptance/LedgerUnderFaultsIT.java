package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final Random random = new Random(SEED);
    private final StandaloneFaults faults = new StandaloneFaults(random);

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
                System.out.println(faults.injectNext(standalone));
                assertThat(standalone.isAlive()).as("alive after %s", faults).isTrue();
                if (count % CHECK_EVERY == 0) {
                    ledger.awaitProgress();
                    ledger.stopWriting();
                    ledger.assertHolds("after " + faults);
                    ledger.startWriting();
                }
            }
            ledger.awaitProgress();
            ledger.stopWriting();
            System.out.printf("seed %d: %s%n%s%n", SEED, faults, ledger.tally());
            ledger.assertHolds("after the last fault");
            standalone.kill();
            standalone.startAgain();
            standalone.run("compact", "--merge").orThrow();
            ledger.assertHolds("merged");
            LogLines.of(standalone).assertTellNothingOf(LedgerTexts.PLANTED);
        }
    }
}

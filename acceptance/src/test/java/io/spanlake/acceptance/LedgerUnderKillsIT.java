package io.spanlake.acceptance;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The process dies at every point of every stage, in the midst of puts and commits, and at random, while a ledger is written
 * through it. Then the ledger has to balance: in whatever stages the rows are, in merged parts, and with a catalog that was
 * made again from the blobs.
 *
 * <p>{@code -Dspanlake.acceptance.kills=200} says how often, {@code -Dspanlake.acceptance.seed} repeats the mix and the kills.
 */
class LedgerUnderKillsIT {
    private static final int KILLS = Integer.getInteger("spanlake.acceptance.kills", 3);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int AT_RANDOM_ONE_IN = 5;
    private static final int LOAD_MILLIS_MAX = 4_000;
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(20);
    private static final int CHECK_EVERY = 50;

    private final Random random = new Random(SEED);
    private int atPoints;

    @Test
    void everyAcknowledgedWriteIsThereOnceWhereverTheProcessDies() throws Exception {
        System.out.printf("kills %d, seed %d%n", KILLS, SEED);
        long began = System.nanoTime();
        var data = Places.freshData("killed");
        var points = new DeathPoints(random, data.resolveSibling("passings"));
        try (var standalone = Standalone.start(data, BusyStages.SETTINGS);
                var ledger = new Ledger(Client.of(standalone), data.resolveSibling("ledger.jsonl"), SEED)) {
            ledger.startWriting();
            ledger.awaitProgress();
            standalone.kill();
            for (int death = 1; death <= KILLS; death++) {
                die(standalone, ledger, points);
                if (death % CHECK_EVERY == 0) {
                    standalone.startAgain();
                    ledger.stopWriting();
                    ledger.assertHolds("after %d deaths".formatted(death));
                    ledger.startWriting();
                    standalone.kill();
                }
            }
            standalone.startAgain();
            ledger.awaitProgress();
            ledger.stopWriting();
            ledger.assertHolds("after the last death");
            standalone.run("audit", "--sections", "200").orThrow();
            standalone.run("compact", "--merge").orThrow();
            ledger.assertHolds("merged");
            System.out.println(standalone
                    .run("audit", "--sections", "200")
                    .orThrow()
                    .lines()
                    .reduce("", (_, last) -> last));
            rebuild(standalone);
            ledger.assertHolds("rebuilt");
            LogLines.of(standalone).assertTellNothingOf(LedgerTexts.PLANTED);
            System.out.printf(
                    "seed %d: died %d times, %d of them at a point, in %d s%n%s%n%s%n",
                    SEED,
                    KILLS + 1,
                    atPoints,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    ledger.tally(),
                    points.passed());
        }
    }

    private void die(Standalone standalone, Ledger ledger, DeathPoints points) {
        if (random.nextInt(AT_RANDOM_ONE_IN) == 0) {
            standalone.startAgain(points.settings(""));
            ledger.awaitProgress();
            Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
            killAtRandom(standalone);
            return;
        }
        var point = points.next();
        standalone.startToDie(points.settings(point));
        if (standalone.endsWithin(REACHED_WITHIN)) {
            atPoints++;
        } else {
            System.out.printf("%s was not reached within %s%n", point, REACHED_WITHIN);
            killAtRandom(standalone);
        }
    }

    /** By turns the process alone, whose database and cache live on, and everything at once as in a power cut. */
    private void killAtRandom(Standalone standalone) {
        if (random.nextBoolean()) {
            standalone.killAlone();
        } else {
            standalone.kill();
        }
    }

    private static void rebuild(Standalone standalone) {
        standalone.stop();
        standalone
                .runOnData("rebuild", "--discard", "--data", standalone.data().toString())
                .orThrow();
        standalone.startAgain(Map.of());
        standalone.run("compact").orThrow();
    }
}

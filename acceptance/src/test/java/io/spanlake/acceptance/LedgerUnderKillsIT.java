package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The process dies at every point of every stage, in the midst of puts and commits, and at random, while a ledger is written
 * through it. Then the ledger has to balance: in whatever stages the rows are, in merged parts, and with a catalog that was
 * made again from the blobs. Of its lives some have a fault beneath, from which the process has to go on by itself before it
 * is killed.
 *
 * <p>{@code -Dspanlake.acceptance.kills=200} says how often, {@code -Dspanlake.acceptance.faults=60} in how many lives
 * something fails, {@code -Dspanlake.acceptance.seed} repeats the mix, the kills and the faults.
 */
class LedgerUnderKillsIT {
    private static final int KILLS = Integer.getInteger("spanlake.acceptance.kills", 3);
    private static final int FAULTS = Integer.getInteger("spanlake.acceptance.faults", 0);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int AT_RANDOM_ONE_IN = 5;
    private static final int LOAD_MILLIS_MAX = 4_000;
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(20);
    private static final int CHECK_EVERY = 100;
    /** From so many deaths on clients write less at a time: all of it is read in every way, again and again. */
    private static final int LONG = 20;

    private static final int LONG_PACE_MILLIS_MAX = 2_500;

    private final Random random = new Random(SEED);
    private final StandaloneFaults faults = new StandaloneFaults(random);
    private int atPoints;

    @Test
    void everyAcknowledgedWriteIsThereOnceWhereverTheProcessDies() throws Exception {
        System.out.printf("kills %d, faults %d, seed %d%n", KILLS, FAULTS, SEED);
        assertThat(FAULTS).as("faults, each in a life of its own").isLessThanOrEqualTo(KILLS);
        long began = System.nanoTime();
        var data = Places.freshData("killed");
        var points = new DeathPoints(random, data.resolveSibling("passings"));
        try (var standalone = Standalone.start(data, BusyStages.SETTINGS);
                var ledger = ledger(standalone)) {
            ledger.startWriting();
            ledger.awaitProgress();
            standalone.kill();
            for (int death = 1; death <= KILLS; death++) {
                var how = hasFault(death) ? fail(standalone, ledger, points) : die(standalone, ledger, points);
                System.out.printf("%d s: death %d, %s%n", Elapsed.seconds(began), death, how);
                if (death % CHECK_EVERY == 0 && death < KILLS) {
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
                    "seed %d: died %d times, %d of them at a point, faults %s, in %d s%n%s%n%s%n",
                    SEED, KILLS + 1, atPoints, faults, Elapsed.seconds(began), ledger.tally(), points.passed());
        }
    }

    private static Ledger ledger(Standalone standalone) {
        var file = standalone.data().resolveSibling("ledger.jsonl");
        var client = Client.of(standalone);
        return KILLS < LONG ? new Ledger(client, file, SEED) : new Ledger(client, file, SEED, LONG_PACE_MILLIS_MAX);
    }

    /** Spread evenly over the deaths. */
    private static boolean hasFault(int death) {
        return (long) death * FAULTS / KILLS > (death - 1L) * FAULTS / KILLS;
    }

    private String die(Standalone standalone, Ledger ledger, DeathPoints points) {
        if (random.nextInt(AT_RANDOM_ONE_IN) == 0) {
            live(standalone, ledger, points);
            return killAtRandom(standalone);
        }
        var point = points.next();
        standalone.startToDie(points.settings(point));
        if (standalone.endsWithin(REACHED_WITHIN)) {
            atPoints++;
            return "at " + point;
        }
        return "%s, as %s was not reached within %s".formatted(killAtRandom(standalone), point, REACHED_WITHIN);
    }

    /** It has to go on by itself after the fault, and dies some moments later. */
    private String fail(Standalone standalone, Ledger ledger, DeathPoints points) throws IOException {
        live(standalone, ledger, points);
        var fault = faults.injectNext(standalone);
        assertThat(standalone.isAlive()).as("alive after %s", fault).isTrue();
        ledger.awaitProgress();
        Pauses.millis(random.nextInt(LOAD_MILLIS_MAX / 2));
        assertThat(standalone.isAlive()).as("alive some time after %s", fault).isTrue();
        return "%s after %s".formatted(killAtRandom(standalone), fault);
    }

    private void live(Standalone standalone, Ledger ledger, DeathPoints points) {
        standalone.startAgain(points.settings(""));
        ledger.awaitProgress();
        Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
    }

    /** By turns the process alone, whose database and cache live on, and everything at once as in a power cut. */
    private String killAtRandom(Standalone standalone) {
        if (random.nextBoolean()) {
            standalone.killAlone();
            return "alone";
        }
        standalone.kill();
        return "all at once";
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

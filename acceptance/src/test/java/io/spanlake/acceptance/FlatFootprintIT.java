package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * One process lives through half an hour of writes, walks, questions and everything that can fail beneath it. What it holds
 * beside the data comes to a level and stays there, and the ledger balances in the end.
 *
 * <p>{@code -Dspanlake.acceptance.minutes=30} says how long, {@code -Dspanlake.acceptance.seed} repeats the mix and the faults.
 */
class FlatFootprintIT {
    private static final int MINUTES = Integer.getInteger("spanlake.acceptance.minutes", 0);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int PACE_MILLIS_MAX = 2_500;
    private static final int LOAD_MILLIS_MAX = 15_000;
    /** What was written and done: segments while their data are there and for a day more, swaps for 30 days, receipts for good. */
    private static final Set<String> RECORDS = Set.of(
            Footprint.TABLE + "segments",
            Footprint.TABLE + "swaps",
            Footprint.TABLE + "receipts",
            Footprint.RECORDED_BLOBS);

    private static final double GROWTH_MAX = 1.1;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration BEFORE_A_LOOK = Duration.ofSeconds(5);

    private final Random random = new Random(SEED);
    private final StandaloneFaults faults = new StandaloneFaults(random);
    private final List<Footprint> looks = new ArrayList<>();
    private volatile boolean asking = true;

    @Test
    void whatAProcessHoldsComesToALevelUnderLoadAndFaults() throws Exception {
        assumeThat(MINUTES)
                .as("minutes, of spanlake.acceptance.minutes: this takes as long as it is told to")
                .isPositive();
        System.out.printf("minutes %d, seed %d%n", MINUTES, SEED);
        var data = Places.freshData("flat");
        try (var standalone = Standalone.start(data, settings());
                var ledger =
                        new Ledger(Client.of(standalone), data.resolveSibling("ledger.jsonl"), SEED, PACE_MILLIS_MAX)) {
            ledger.startWriting();
            var questions =
                    Thread.ofPlatform().daemon().name("questions").start(() -> ask(standalone, ledger.objects()));
            long began = System.nanoTime();
            long end = began + Duration.ofMinutes(MINUTES).toNanos();
            long nextLook = began + LOOK_EVERY.toNanos();
            while (System.nanoTime() < end) {
                Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
                faults.injectNext(standalone);
                ledger.awaitProgress();
                assertThat(standalone.isAlive()).as("alive after %s", faults).isTrue();
                if (System.nanoTime() > nextLook) {
                    Pauses.millis(BEFORE_A_LOOK.toMillis());
                    look(standalone, began);
                    nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
                }
            }
            asking = false;
            questions.join();
            ledger.stopWriting();
            System.out.printf("seed %d: %s%n%s%n", SEED, faults, ledger.tally());
            ledger.assertHolds("after " + MINUTES + " minutes");
        }
        assertFlat();
    }

    /** Parts are merged as they are in production: else there are the more of them, the more was written. */
    private static Map<String, String> settings() {
        var settings = new TreeMap<>(BusyStages.SETTINGS);
        settings.remove("SPANLAKE_COMPACTOR_PART");
        settings.remove("SPANLAKE_COMPACTOR_TRACEPART");
        return settings;
    }

    private void look(Standalone standalone, long began) throws Exception {
        var look = Footprint.of(standalone);
        looks.add(look);
        System.out.printf("%d s: %s%n", Elapsed.seconds(began), look.held());
    }

    /** Over all rows, again and again; while something fails it may be refused. */
    private void ask(Standalone standalone, List<LedgerObject> objects) {
        var client = Client.of(standalone);
        while (asking) {
            for (var object : objects) {
                var query = "SELECT span_attributes.type, count(*) AS n, avg(metrics.tokens) AS t FROM %s GROUP BY 1"
                        .formatted(object.source());
                try {
                    client.postJson("/sql", "{\"query\":%s}".formatted(RawJsonText.quoted(query)));
                } catch (UncheckedIOException unanswered) {
                    System.out.println("unanswered: " + unanswered.getMessage());
                }
                Pauses.millis(random.nextInt(1_000));
            }
        }
    }

    /** Of three thirds of the time the last has to look as the one before: what grows steadily has grown by two thirds. */
    private void assertFlat() {
        int third = looks.size() / 3;
        var before = mean(looks.subList(third, 2 * third));
        var after = mean(looks.subList(2 * third, looks.size()));
        System.out.printf("second third: %s%nlast third:   %s%n", before, after);
        var all = new SoftAssertions();
        after.keySet().removeAll(RECORDS);
        after.forEach((name, held) -> all.assertThat(held)
                .as("%s in the last third of %d looks", name, looks.size())
                .isLessThanOrEqualTo(before.getOrDefault(name, 0.0) * GROWTH_MAX + noise(name)));
        all.assertAll();
    }

    /** What one look may differ from another by, whatever the time. */
    private static double noise(String name) {
        return switch (name) {
            case Footprint.HEAP_BYTES, Footprint.DIRECT_BYTES -> 8 << 20;
            case Footprint.RESIDENT_BYTES -> 32 << 20;
            default -> 20;
        };
    }

    private static Map<String, Double> mean(List<Footprint> looks) {
        var mean = new TreeMap<String, Double>();
        for (var look : looks) {
            look.held().forEach((name, value) -> mean.merge(name, (double) value / looks.size(), Double::sum));
        }
        return mean;
    }
}

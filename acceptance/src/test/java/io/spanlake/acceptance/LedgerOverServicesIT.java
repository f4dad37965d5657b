package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.acceptance.FleetFaults.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every service is a process of its own, as in production, and blobs are in Azure's emulator, behind a proxy. One process
 * after another is killed while a ledger is written through them. Reads go on meanwhile, and in the end the ledger has to
 * balance.
 *
 * <p>{@code -Dspanlake.acceptance.kills=70} says how many services die; {@code -Dspanlake.acceptance.faults=30} how often
 * something fails beneath, and where that is not 0, requests to blobs go wrong all the time, and one service in three is
 * ended in order instead. {@code -Dspanlake.acceptance.brokers=3} makes it a cluster of brokers as in production, without the
 * exception for one; while one of them is away everything has to go on. {@code -Dspanlake.acceptance.seed} repeats the mix and
 * the choice.
 */
class LedgerOverServicesIT {
    private static final int KILLS = Integer.getInteger("spanlake.acceptance.kills", 2);
    private static final int FAULTS = Integer.getInteger("spanlake.acceptance.faults", 0);
    private static final int BROKERS = Integer.getInteger("spanlake.acceptance.brokers", 1);
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final int LOAD_MILLIS_MAX = 2_000;
    private static final int DOWN_MILLIS_MAX = 2_000;
    private static final int IN_ORDER_ONE_IN = 3;
    private static final int CHECK_EVERY = 25;

    private final Random random = new Random(SEED);
    private final List<ServiceKind> services = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private volatile boolean watching = true;

    @Test
    void everyAcknowledgedWriteIsThereOnceWhicheverProcessDies() throws Exception {
        System.out.printf("kills %d, faults %d, brokers %d, seed %d%n", KILLS, FAULTS, BROKERS, SEED);
        long began = System.nanoTime();
        var folder = Places.freshData("fleet");
        try (var fleet = new Fleet(folder, BusyStages.OF_SERVICES, BROKERS, SEED);
                var ledger = new Ledger(fleet.client(), folder.resolve("ledger.jsonl"), SEED)) {
            System.out.printf("up after %d s%n", Elapsed.seconds(began));
            var watch = new FleetWatch(fleet, ledger.objects().getFirst(), () -> watching);
            var beneath = new FleetFaults(fleet.parts(), random, () -> goOn(ledger, watch));
            beneath.begin(FAULTS > 0);
            ledger.startWriting();
            ledger.awaitProgress();
            var watcher = Thread.ofPlatform().name("watch").start(watch);
            for (int count = 1; count <= KILLS + FAULTS; count++) {
                Pauses.millis(random.nextInt(LOAD_MILLIS_MAX));
                var what = isFault(count) ? fail(fleet, beneath) : replace(fleet);
                ledger.awaitProgress();
                System.out.printf("%d s: %s is over%n", Elapsed.seconds(began), what);
                if (count % CHECK_EVERY == 0) {
                    ledger.stopWriting();
                    beneath.calmly(() -> ledger.assertHolds("after " + done));
                    ledger.startWriting();
                }
            }
            watching = false;
            watcher.join();
            ledger.stopWriting();
            beneath.calmly(() -> ledger.assertHolds("after " + done));
            assertThat(watch.refused()).as("reads by services that ran").isEmpty();
            assertThat(watch.answered()).as("reads").isPositive();
            assertThat(fleet.dead()).as("services that died by themselves").isEmpty();
            fleet.logs().assertTellNothingOf(LedgerTexts.PLANTED);
            System.out.printf(
                    "seed %d: %s, blobs %s, %d reads beside, in %d s%n%s%n",
                    SEED,
                    done,
                    fleet.parts().blobs().injected(),
                    watch.answered(),
                    Elapsed.seconds(began),
                    ledger.tally());
        }
    }

    /** Spread evenly over what is done. */
    private static boolean isFault(int count) {
        return (long) count * FAULTS / (KILLS + FAULTS) > (count - 1L) * FAULTS / (KILLS + FAULTS);
    }

    private String replace(Fleet fleet) {
        var kind = next(services, ServiceKind.values());
        boolean inOrder = FAULTS > 0 && random.nextInt(IN_ORDER_ONE_IN) == 0;
        fleet.replace(kind, inOrder, random.nextInt(DOWN_MILLIS_MAX));
        done.merge(kind.name(), 1, Integer::sum);
        return kind + (inOrder ? " ended in order" : " killed");
    }

    private String fail(Fleet fleet, FleetFaults beneath) {
        var fault = next(faults, Fault.values());
        fleet.without(fault.excused(), () -> beneath.inject(fault));
        done.merge(fault.name(), 1, Integer::sum);
        return fault.name();
    }

    private static void goOn(Ledger ledger, FleetWatch watch) {
        long began = System.nanoTime();
        ledger.awaitProgress();
        watch.readStrictly();
        System.out.printf("  with two of three brokers all goes on, seen after %d s%n", Elapsed.seconds(began));
    }

    private <T> T next(List<T> left, T[] all) {
        if (left.isEmpty()) {
            left.addAll(List.of(all));
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }
}

package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanlake.testkit.clock.TurnedClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Clocks of whole processes are wrong: one of three gateways is five minutes behind, one five minutes ahead, and the broker is
 * five seconds ahead and then behind. Clients are sent to the gateways by turns.
 *
 * <p>Thirteen processes have to start for it: runs where {@code -Dspanlake.acceptance.clocks=true}.
 */
class TurnedClocksIT {
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final Duration GATEWAY = Duration.ofMinutes(5);
    private static final Duration BROKER = Duration.ofSeconds(5);

    private final AtomicInteger turns = new AtomicInteger();

    @Test
    void whatIsAcknowledgedIsThereOnceAndInOrderWhosesoeverClockIsWrong() throws Exception {
        assumeTrue(Boolean.getBoolean("spanlake.acceptance.clocks"), "-Dspanlake.acceptance.clocks=true runs it");
        var clock = TurnedClock.found();
        var folder = Places.freshData("clocks");
        System.out.printf("seed %d%n", SEED);
        long began = System.nanoTime();
        try (var fleet = new Fleet(folder, BusyStages.OF_SERVICES, 1, SEED)) {
            var behind = fleet.another(ServiceKind.INGEST_GATEWAY, "gateway-behind", clock.by(GATEWAY.negated()));
            var ahead = fleet.another(ServiceKind.INGEST_GATEWAY, "gateway-ahead", clock.by(GATEWAY));
            behind.awaitReady();
            ahead.awaitReady();
            System.out.printf("up after %d s%n", Elapsed.seconds(began));
            var gateways = List.of(fleet.service(ServiceKind.INGEST_GATEWAY).url(), behind.url(), ahead.url());
            var client = new Client(path -> isWrite(path) ? turn(gateways) : fleet.urlOf(path), Fleet.KEY);
            try (var ledger = new Ledger(client, folder.resolve("ledger.jsonl"), SEED)) {
                ledger.startWriting();
                ledger.awaitProgress();
                var broker = fleet.parts().kafka().brokers().getFirst();
                for (var turned : List.of(BROKER, BROKER.negated())) {
                    broker.restart(clock.by(turned));
                    ledger.awaitProgress();
                    System.out.printf("broker by %s after %d s%n", turned, Elapsed.seconds(began));
                }
                ledger.stopWriting();
                ledger.assertHolds("with clocks of gateways and broker turned");
                System.out.printf("after %d s: %s%n", Elapsed.seconds(began), ledger.tally());
            }
            for (var wrong : List.of(behind, ahead)) {
                refuses(wrong.url(), fleet);
            }
        }
    }

    private static boolean isWrite(String path) {
        return ServiceKind.serving(path) == ServiceKind.INGEST_GATEWAY;
    }

    private URI turn(List<URI> gateways) {
        return gateways.get(Math.floorMod(turns.getAndIncrement(), gateways.size()));
    }

    /** With a text by which a person finds the clock. */
    private static void refuses(URI gateway, Fleet fleet) {
        var project = fleet.client().project("clocks");
        var row =
                "{\"rows\":[{\"id\":\"refused\",\"project_id\":\"%s\",\"log_id\":\"g\",\"input\":1}],\"api_version\":2}"
                        .formatted(project);

        var answer = new Client(gateway, Fleet.KEY).postJson("/logs3", row);

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.json().text("detail")).contains("clock");
        assertThat(fleet.client().row(project, "refused").status()).isEqualTo(404);
    }
}

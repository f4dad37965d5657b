package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.testkit.disk.SmallDisk;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The disk of the data folder comes to its end while a ledger is written, and gets room again. */
class FullDiskIT {
    private static final long SEED = Long.getLong("spanlake.acceptance.seed", System.nanoTime());
    private static final long DISK_MEGABYTES = 1_600;
    private static final long BELOW_RESERVE = 400L << 20;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);
    private static final int FULL_MILLIS = 5_000;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    /** No row is taken below the reserve, all that is there is read, and with room all goes on by itself. */
    @Test
    void rowsAreRefusedWhileReadsGoOnAndAreTakenAgainOnceThereIsRoom() throws Exception {
        System.out.printf("seed %d%n", SEED);
        var folder = Places.freshData("full-disk");
        try (var disk = SmallDisk.mount(folder, DISK_MEGABYTES);
                var standalone = Standalone.start(folder.resolve("data"), BusyStages.SETTINGS);
                var ledger = new Ledger(Client.of(standalone), folder.resolveSibling("ledger.jsonl"), SEED)) {
            var client = Client.of(standalone);
            ledger.startWriting();
            ledger.awaitProgress();

            disk.fill(BELOW_RESERVE);
            var refused = refusal(client);
            Pauses.millis(1_000);
            long acknowledged = ledger.tally().requestsAcknowledged();
            Pauses.millis(FULL_MILLIS);

            assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
            assertThat(refused.body())
                    .contains("urn:spanlake:problem:disk-full")
                    .contains("free_bytes");
            for (var object : ledger.objects()) {
                assertThat(new LedgerReads(client).count(object, "*", "")).isPositive();
                assertThat(new LedgerReads(client).idsByUi(object)).isNotEmpty();
            }
            assertThat(ledger.tally().requestsAcknowledged())
                    .as("acknowledged meanwhile")
                    .isEqualTo(acknowledged);
            disk.makeRoom();
            ledger.awaitProgress();
            ledger.stopWriting();
            ledger.assertHolds("after the disk was full");
            assertThat(standalone.isAlive()).as("alive all the time").isTrue();
            System.out.println(ledger.tally());
        }
    }

    /** Whoever fills the disk in spite of the reserve: the process may end, and what was acknowledged is there afterwards. */
    @Test
    void whatWasAcknowledgedIsThereAfterTheLastByteWasTaken() throws Exception {
        System.out.printf("seed %d%n", SEED);
        var folder = Places.freshData("fuller-disk");
        try (var disk = SmallDisk.mount(folder, DISK_MEGABYTES);
                var standalone = Standalone.start(folder.resolve("data"), BusyStages.SETTINGS);
                var ledger = new Ledger(Client.of(standalone), folder.resolveSibling("ledger.jsonl"), SEED)) {
            // As if a neighbour took what is left between two looks.
            standalone.stop();
            standalone.startAgain(Map.of("SPANLAKE_STANDALONE_DISKRESERVE", "0B"));
            ledger.startWriting();
            ledger.awaitProgress();

            disk.fill(0);
            boolean ended = standalone.endsWithin(ENDS_WITHIN);
            disk.makeRoom();
            if (ended) {
                standalone.startAgain();
            }

            ledger.awaitProgress();
            ledger.stopWriting();
            ledger.assertHolds("after the disk was full, and the process " + (ended ? "ended" : "lived on"));
            System.out.println(ledger.tally());
        }
    }

    private static HttpResponse<String> refusal(Client client) throws Exception {
        var body = "{\"rows\":[{\"id\":\"r\",\"project_id\":\"%s\",\"log_id\":\"g\"}],\"api_version\":2}"
                .formatted(client.project("refused"));
        long deadline = System.nanoTime() + TOLD_WITHIN.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (true) {
                var request = client.request("/logs3")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 503) {
                    return answer;
                }
                assertThat(System.nanoTime())
                        .as("refused within %s", TOLD_WITHIN)
                        .isLessThan(deadline);
                Pauses.millis(50);
            }
        }
    }
}

package io.spanlake.queryservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanlake.model.Write;
import io.spanlake.queryservice.run.QueryQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries that take their time: seen from clients that leave, read slowly, watch, or come back later. */
class LongQueriesTest {
    private static final RunningService SERVICE = new RunningService(
            "--spanlake.query.running=2", "--spanlake.query.waiting=1", "--spanlake.query.rows-max=100");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FROM = "project_logs('" + SERVICE.object.id() + "')";
    private static final int ROWS = 3_000;

    /** Over ten thousand characters a row, many times: minutes of work. */
    private static final String SLOW = "select count(1) as n from " + FROM + " where "
            + "levenshtein(input, reverse(input)) < 0 or ".repeat(60) + "false";

    @BeforeAll
    static void fill() {
        for (int flush = 0; flush < 3; flush++) {
            var writes = new ArrayList<Write>();
            for (int i = 0; i < ROWS / 3; i++) {
                int number = flush * ROWS / 3 + i;
                writes.add(SERVICE.row(
                        SERVICE.object,
                        "row-%04d".formatted(number),
                        "t" + number,
                        "\"metadata\":{\"n\":%d},\"input\":\"%s\"".formatted(number, "abcdefghij".repeat(200))));
            }
            SERVICE.flush(writes);
        }
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static QueryQueue queue() {
        return SERVICE.bean(QueryQueue.class);
    }

    @Nested
    class AClientThatLeaves {
        @Test
        void endsTheWorkWithinAMoment() throws IOException {
            for (int i = 0; i < 3; i++) {
                try (var socket = asked(SLOW)) {
                    await().pollInterval(Duration.ofMillis(5)).until(() -> queue().running() == 1);
                    pause(Duration.ofMillis(50));
                    assertThat(queue().running()).isOne();
                    assertThat(socket.isConnected()).isTrue();
                }
                long left = System.nanoTime();
                await().pollInterval(Duration.ofMillis(2)).until(() -> queue().running() == 0);

                assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
            }
        }

        @Test
        void endsItAlsoInTheMidstOfItsRows() throws IOException {
            try (var socket = asked("select * from " + FROM, ",\"stream\":true")) {
                assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
                assertThat(queue().running()).isOne();
            }

            await().atMost(Duration.ofSeconds(1)).until(() -> queue().running() == 0);
        }
    }

    @Nested
    class ManyQueriesOfOneClient {
        @Test
        void waitTheirTurnAndBeyondThatAreRefused() throws IOException {
            try (var first = asked(SLOW);
                    var second = asked(SLOW)) {
                await().until(() -> queue().running() == 2);
                try (var third = asked(SLOW)) {
                    await().until(() -> queue().waiting() == 1);

                    var refused = ask("select id from " + FROM + " limit 1");

                    assertThat(refused.statusCode()).isEqualTo(503);
                    assertThat(refused.headers().firstValue("retry-after")).isPresent();
                    assertThat(first.isConnected() && second.isConnected() && third.isConnected())
                            .isTrue();
                }
            }
            await().until(() -> queue().running() + queue().waiting() == 0);
            assertThat(ask("select id from " + FROM + " limit 1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void timeIsLimited() {
        var answer = SERVICE.btql("{\"query\":\"" + SLOW + "\",\"query_timeout_seconds\":0.3}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(JSON.readTree(answer.body()).get("Message").stringValue()).contains("longer than 300 ms");
        await().atMost(Duration.ofSeconds(1)).until(() -> queue().running() == 0);
    }

    @Nested
    class AllRows {
        @Test
        void comeAsLinesBeyondWhatAPageHas() {
            var answer = SERVICE.btql("{\"query\":\"select id from " + FROM + "\",\"stream\":true}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().lines()).hasSize(ROWS).startsWith("{\"id\":\"row-2999\"}");
        }

        @Test
        void comeAsATable() {
            var answer = SERVICE.btql(
                    "{\"query\":\"select id from " + FROM + " limit 500\",\"stream\":true,\"fmt\":\"csv\"}");

            assertThat(answer.body().lines()).hasSize(501).startsWith("id", "row-2999");
        }

        @Test
        void waitForTheirReader() throws IOException {
            try (var socket = asked("select * from " + FROM, ",\"stream\":true")) {
                socket.getInputStream().readNBytes(1_000);
                pause(Duration.ofMillis(700));

                // Six megabytes of rows: what no buffer has taken was not read.
                assertThat(queue().running()).isOne();
            }
        }

        @Test
        void areAProblemWhereTheQueryIsOne() {
            var answer = SERVICE.btql("{\"query\":\"select nope from " + FROM + "\",\"stream\":true}");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
    }

    @Nested
    class Events {
        @Test
        void tellHowFarItIsAndThenTheAnswer() {
            var answer = SERVICE.btql(
                    "{\"query\":\"select count(1) as n, sum(levenshtein(input, id)) as s from " + FROM + "\"}",
                    "Accept",
                    "text/event-stream");

            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
            var events = answer.body().split("\n\n", -1);
            assertThat(events[0]).startsWith("event: progress\ndata: {\"percent\":");
            var last = events[events.length - 2];
            assertThat(last).startsWith("event: result\ndata: {\"data\":[{\"n\":3000,");
            assertThat(JSON.readTree(last.substring(last.indexOf('{')))
                            .at("/realtime_state/read_bytes")
                            .longValue())
                    .isGreaterThan(ROWS * 2_000L);
        }

        @Test
        void tellAProblemToo() {
            var answer = SERVICE.btql("{\"query\":\"select nope from " + FROM + "\"}", "Accept", "text/event-stream");

            assertThat(answer.body()).contains("event: error\ndata: {", "\"status\":400", "unknown field nope");
        }
    }

    @Nested
    class WithoutAWaitingClient {
        @Test
        void rowsAreThereLaterAndAgain() {
            var started = JSON.readTree(SERVICE.post(
                            "/btql/async",
                            "{\"query\":\"select id, metadata.n as n from " + FROM + "\",\"format\":\"jsonl\"}")
                    .body());
            var path = "/btql/async/" + started.get("id").stringValue();
            await().until(() -> get(path).get("status").stringValue().equals("succeeded"));

            for (int walk = 0; walk < 2; walk++) {
                var numbers = new ArrayList<Integer>();
                var cursor = "";
                do {
                    var page = get(path + "/result?limit=700&cursor=" + cursor);
                    page.get("rows").forEach(row -> numbers.add(row.get("n").intValue()));
                    cursor = page.path("cursor").asString("");
                } while (!cursor.isEmpty());

                assertThat(numbers)
                        .hasSize(ROWS)
                        .doesNotHaveDuplicates()
                        .startsWith(2999)
                        .endsWith(0);
            }
            assertThat(get(path).at("/progress/percent").intValue()).isEqualTo(100);
        }

        @Test
        void aFaultIsItsState() {
            var started = JSON.readTree(SERVICE.post("/btql/async", "{\"query\":\"select nope from " + FROM + "\"}")
                    .body());
            var path = "/btql/async/" + started.get("id").stringValue();

            await().until(() -> get(path).get("status").stringValue().equals("failed"));

            assertThat(get(path).get("error").stringValue()).contains("unknown field nope");
        }

        @Test
        void itEndsWhenItIsToldTo() {
            var started = JSON.readTree(
                    SERVICE.post("/btql/async", "{\"query\":\"" + SLOW + "\"}").body());
            var path = "/btql/async/" + started.get("id").stringValue();
            await().until(() -> get(path).get("status").stringValue().equals("running"));

            var request = SERVICE.request(path, "", "X-Nothing", "1");
            var answer = send(java.net.http.HttpRequest.newBuilder(request, (_, _) -> true)
                    .method("DELETE", BodyPublishers.noBody())
                    .build());

            assertThat(JSON.readTree(answer.body()).get("status").stringValue()).isEqualTo("canceled");
            await().atMost(Duration.ofSeconds(1)).until(() -> queue().running() == 0);
        }

        @Test
        void nobodyKnowsOthers() {
            assertThat(send(SERVICE.getRequest("/btql/async/00000000-0000-4000-8000-000000000000"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(SERVICE.getRequest("/btql/async/zzz/result")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    class Explained {
        @Test
        void aPlanReadsNoRow() {
            var plan = lines(ask("explain select id from " + FROM + " where metadata.n = 5 limit 3"));

            assertThat(plan)
                    .contains("answer: id")
                    .anySatisfy(line -> assertThat(line).contains("metadata.n = 5"));
            assertThat(plan).anySatisfy(line -> assertThat(line).contains("indexes admit 3000 of 3000 rows"));
            assertThat(plan).noneSatisfy(line -> assertThat(line).contains("read 3000"));
        }

        @Test
        void anAnalyzedOneTellsWhatItRead() {
            var plan = lines(
                    ask("EXPLAIN ANALYZE select metadata.n % 10, count(1) from " + FROM + " group by 1 order by 2"));

            assertThat(plan.getFirst()).matches("10 rows in \\d+ ms");
            assertThat(plan).anySatisfy(line -> assertThat(line).contains("read 3000 rows, "));
            assertThat(plan).anySatisfy(line -> assertThat(line).contains("group by ((metadata.n % 10)): count(1)"));
        }

        private static List<String> lines(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var lines = new ArrayList<String>();
            JSON.readTree(answer.body())
                    .get("data")
                    .forEach(row -> lines.add(row.get("plan").stringValue()));
            return lines;
        }
    }

    private static JsonNode get(String path) {
        return JSON.readTree(send(SERVICE.getRequest(path)).body());
    }

    private static HttpResponse<String> send(java.net.http.HttpRequest request) {
        try {
            return SERVICE.http().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> ask(String query) {
        return SERVICE.btql("{\"query\":" + JSON.writeValueAsString(query) + "}");
    }

    private static Socket asked(String query, String... more) throws IOException {
        var body = "{\"query\":" + JSON.writeValueAsString(query) + String.join("", more) + "}";
        var socket = new Socket();
        socket.setReceiveBufferSize(8 << 10);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), SERVICE.port()));
        socket.getOutputStream()
                .write(("POST /btql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                                + RunningService.KEY + "\r\nContent-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static void pause(Duration time) {
        await().pollDelay(time).until(() -> true);
    }
}

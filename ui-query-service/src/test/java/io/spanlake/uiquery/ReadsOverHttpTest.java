package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadsOverHttpTest {
    private static final RunningService SERVICE =
            new RunningService("--spanlake.ui.page-bytes=1MB", "--spanlake.http.reader-grace=2s");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectRef object = SERVICE.freshProject();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Nested
    class Rows {
        @Test
        void comeNewestFirstPageByPage() {
            SERVICE.flush(rows(25));

            var ids = new ArrayList<String>();
            var cursor = "";
            do {
                var answer = SERVICE.get(SERVICE.path(object, "/rows?limit=10&cursor=" + cursor));
                assertThat(answer.statusCode()).isEqualTo(200);
                var page = JSON.readTree(answer.body());
                page.get("rows").forEach(row -> ids.add(row.get("id").stringValue()));
                cursor = page.path("cursor").asString("");
                assertThat(answer.headers().firstValue("x-bt-cursor").orElse(""))
                        .isEqualTo(cursor);
            } while (!cursor.isEmpty());

            assertThat(ids)
                    .hasSize(25)
                    .doesNotHaveDuplicates()
                    .startsWith("row-24")
                    .endsWith("row-0");
        }

        @Test
        void sayHowFreshTheyAre() {
            SERVICE.flush(rows(1));

            var freshness = body(SERVICE.path(object, "/rows")).get("freshness");

            assertThat(freshness.get("mode").stringValue()).isEqualTo("newest");
            assertThat(freshness.get("closed_xact_id").stringValue()).hasSize(19);
            assertThat(freshness.get("positions").size()).isEqualTo(RunningService.PARTITIONS);
            assertThat(freshness.get("gaps").size()).isZero();
        }

        @Test
        void keepEveryByteOfAValue() {
            SERVICE.flush(List.of(SERVICE.row(
                    object,
                    "r",
                    "t",
                    "\"input\":[1e308,-0.0,12345678901234567890,\"\\ud800\\u0000 é\",{\"a.b\":{}}]")));

            assertThat(SERVICE.get(SERVICE.path(object, "/rows")).body())
                    .contains("\"input\":[1e308,-0.0,12345678901234567890,\"\\ud800\\u0000 é\",{\"a.b\":{}}]");
        }

        @ParameterizedTest
        @CsvSource({"fmt=jsonl,*/*", "x=,application/x-ndjson"})
        void comeAsLinesWhereThatIsAskedFor(String query, String accept) {
            SERVICE.flush(rows(5));

            var answer = SERVICE.get(SERVICE.path(object, "/rows?limit=3&" + query), "Accept", accept);

            assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
            assertThat(answer.headers().firstValue("x-bt-cursor")).isPresent();
            assertThat(answer.body()
                            .lines()
                            .map(line -> JSON.readTree(line).get("id").stringValue()))
                    .containsExactly("row-4", "row-3", "row-2");
        }

        @Test
        void ofAPageStopAtItsBytes() {
            var large = "\"input\":\"" + "x".repeat(300_000) + "\"";
            var writes = new ArrayList<Write>();
            for (int i = 0; i < 8; i++) {
                writes.add(SERVICE.row(object, "r" + i, "t", large));
            }
            SERVICE.flush(writes);

            var page = body(SERVICE.path(object, "/rows?limit=1000"));

            assertThat(page.get("rows").size()).isEqualTo(3);
            assertThat(page.get("cursor").stringValue()).isNotEmpty();
        }

        @Test
        void ofNothingAreAnEmptyList() {
            assertThat(SERVICE.get(SERVICE.path(object, "/rows")).body()).startsWith("{\"rows\":[],\"freshness\":");
            assertThat(SERVICE.get(SERVICE.path(object, "/rows?fmt=jsonl")).body())
                    .isEmpty();
        }
    }

    @Nested
    class OneRowATraceAndCounts {
        @ParameterizedTest
        @ValueSource(strings = {"plain", "with/slash", "per%cent", "ünï\u4e2d", "a b?c#d", ";p=1", "..", "a\\\"b"})
        void aRowIsFoundByAnyId(String id) {
            SERVICE.flush(List.of(SERVICE.row(object, id, "t", "\"input\":1")));

            var answer = SERVICE.get(SERVICE.path(object, "/rows/" + encoded(id)));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).get("id").stringValue()).isEqualTo(id);
            assertThat(answer.headers().firstValue("x-spanlake-freshness")).isPresent();
        }

        @Test
        void aTraceIsWholeAndInOrderOfStart() {
            SERVICE.flush(List.of(
                    SERVICE.row(object, "b", "t", "\"metrics\":{\"start\":2}"),
                    SERVICE.row(object, "a", "t", "\"metrics\":{\"start\":1}"),
                    SERVICE.row(object, "x", "u", "\"metrics\":{\"start\":0}")));

            var rows = body(SERVICE.path(object, "/traces/t")).get("rows");

            assertThat(rows.valueStream().map(row -> row.get("id").stringValue()))
                    .containsExactly("a", "b");
        }

        @Test
        void aTraceComesWithPreviewsOfWhatIsLarge() {
            SERVICE.flush(List.of(
                    SERVICE.row(object, "a", "t", "\"input\":\"%s\",\"output\":1".formatted("x".repeat(5_000)))));

            var row = body(SERVICE.path(object, "/traces/t?preview=100"))
                    .get("rows")
                    .get(0);

            assertThat(row.get("input").stringValue()).isEqualTo("x".repeat(100) + "…");
            assertThat(row.get("_cut").toString()).isEqualTo("{\"input\":5002}");
            assertThat(body(SERVICE.path(object, "/rows?preview=100"))
                            .get("rows")
                            .get(0))
                    .isEqualTo(row);
        }

        @Test
        void aSkeletonHasEachSpanWithoutItsValues() {
            SERVICE.flush(List.of(
                    SERVICE.row(
                            object,
                            "b",
                            "t",
                            "\"span_parents\":[\"s\"],\"metrics\":{\"start\":2},\"input\":\"%s\""
                                    .formatted("x".repeat(5_000))),
                    SERVICE.row(
                            object,
                            "a",
                            "t",
                            "\"span_attributes\":{\"name\":\"chat\",\"type\":\"llm\"},\"metrics\":{\"start\":1}")));

            var answer = SERVICE.get(SERVICE.path(object, "/traces/t/skeleton"));
            var skeleton = JSON.readTree(answer.body());

            assertThat(answer.headers().firstValue("x-spanlake-spans")).hasValue("2");
            assertThat(skeleton.get("sorted").booleanValue()).isTrue();
            assertThat(skeleton.get("rows").get(0).get("name").stringValue()).isEqualTo("chat");
            assertThat(skeleton.get("rows").get(1).get("span_parents").toString())
                    .isEqualTo("[\"s\"]");
            assertThat(skeleton.get("rows").get(1).get("bytes").get("input").intValue())
                    .isEqualTo(5_002);
            assertThat(answer.body()).hasSizeLessThan(2_000);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                input[0].content      | json |           | 200 | "caf\\u00e9"         | string
                input[0].content      | text |           | 200 | café                 | string
                input[0].content      | text | bytes=3-4 | 206 | é                    | string
                input[-1]             | json | bytes=-2  | 206 | 2]                   | array
                metadata."odd key"    | text |           | 200 | 12345678901234567890 | number
                metadata.a.b          | json | bytes=0-  | 206 | {"c":1.50}           | object
                """)
        void aValueComesByItsPathAndByRanges(
                String path, String as, String range, int status, String value, String type) {
            SERVICE.flush(
                    List.of(
                            SERVICE.row(
                                    object,
                                    "r",
                                    "t",
                                    "\"input\":[{\"content\":\"caf\\u00e9\"},[1,2]],\"metadata\":{\"odd key\":12345678901234567890,\"a.b\":{\"c\":1.50}}")));

            var answer = SERVICE.get(
                    SERVICE.path(object, "/rows/r/value?as=%s&path=%s".formatted(as, encoded(path))),
                    "Range",
                    range == null ? "" : range);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(value);
            assertThat(answer.headers().firstValue("x-spanlake-value-type")).hasValue(type);
            assertThat(answer.headers().firstValue("etag")).isPresent();
            assertThat(answer.headers().firstValue("content-range").isPresent()).isEqualTo(range != null);
        }

        @Test
        void aRangeBehindAValueIsRefusedAndAPathToNothingTold() {
            SERVICE.flush(List.of(SERVICE.row(object, "r", "t", "\"input\":\"abc\"")));

            var behind = SERVICE.get(SERVICE.path(object, "/rows/r/value?path=input"), "Range", "bytes=5-9");
            var nothing = SERVICE.get(SERVICE.path(object, "/rows/r/value?path=input.x"));

            assertThat(behind.statusCode()).isEqualTo(416);
            assertThat(behind.body()).contains("no-such-range");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.body()).contains("no-such-value");
        }

        @Test
        void countsAreOfVisibleRowsAndTheirTraces() {
            SERVICE.flush(rows(25));

            var counts = body(SERVICE.path(object, "/counts"));

            assertThat(counts.get("rows").intValue()).isEqualTo(25);
            assertThat(counts.get("traces").intValue()).isEqualTo(3);
        }
    }

    @Nested
    class BadRequests {
        @ParameterizedTest
        @CsvSource({
            "/rows?limit=0, 400, bad-parameter",
            "/rows?limit=1001, 400, bad-parameter",
            "/rows?limit=ten, 400, bad-parameter",
            "/rows?strict=yes, 400, bad-parameter",
            "/rows?order=up, 400, bad-parameter",
            "/rows?fmt=csv, 400, bad-parameter",
            "/rows?cursor=nonsense, 400, bad-cursor",
            "/rows/nobody, 404, no-such-row",
            "/rows?preview=-1, 400, bad-parameter",
            "/rows/nobody/value, 404, no-such-row",
            "/rows/nobody/value?as=xml, 400, bad-parameter",
            "/rows/nobody/value?path=1%2B1, 400, bad-parameter",
            "/rows/nobody/value?path=a..b, 400, filter-syntax",
        })
        void areToldApart(String rest, int status, String type) {
            assertProblem(SERVICE.get(SERVICE.path(object, rest)), status, type);
        }

        @Test
        void aTypeThatThereIsNotNamesThoseThereAre() {
            var answer = SERVICE.get("/ui/objects/logs/%s/rows".formatted(object.id()));

            assertProblem(answer, 400, "bad-parameter");
            assertThat(answer.body()).contains("project_logs, experiment, dataset");
        }

        @Test
        void anotherOrganizationsProjectIsRefused() {
            assertThat(SERVICE.get(SERVICE.path(SERVICE.foreignProject(), "/rows"))
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void noKeyIsRefused() {
            var answer = SERVICE.get(SERVICE.path(object, "/rows"), "Authorization", "Bearer wrong");

            assertThat(answer.statusCode()).isEqualTo(401);
        }

        @Test
        void aCursorOfAnotherObjectIsRefused() {
            var other = SERVICE.freshProject();
            SERVICE.flush(
                    List.of(SERVICE.row(other, "a", "t", "\"input\":1"), SERVICE.row(other, "b", "t", "\"input\":1")));
            var cursor =
                    body(SERVICE.path(other, "/rows?limit=1")).get("cursor").stringValue();

            var answer = SERVICE.get(SERVICE.path(object, "/rows?cursor=" + cursor));

            assertProblem(answer, 400, "bad-cursor");
            assertThat(answer.body()).contains("another object");
        }

        private void assertProblem(HttpResponse<String> answer, int status, String type) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(JSON.readTree(answer.body()).get("type").stringValue()).endsWith(":" + type);
            assertThat(JSON.readTree(answer.body()).get("Message").stringValue())
                    .isNotEmpty();
        }
    }

    @Nested
    class StrictReads {
        @Test
        void waitForWhatKafkaHasAcknowledged() throws Exception {
            var first = rows(3);
            SERVICE.acknowledge(first);

            var answer = SERVICE.http()
                    .sendAsync(SERVICE.request(SERVICE.path(object, "/counts?strict=true")), BodyHandlers.ofString());
            assertThat(body(SERVICE.path(object, "/counts")).get("rows").intValue())
                    .isZero();
            assertThat(answer.isDone()).isFalse();
            SERVICE.flush(first);

            var counts = JSON.readTree(answer.get(5, TimeUnit.SECONDS).body());
            assertThat(counts.get("rows").intValue()).isEqualTo(3);
            assertThat(counts.get("freshness").get("mode").stringValue()).isEqualTo("strict");
        }

        @Test
        void seeEveryWriteWhoeverElseReads() {
            int total = 0;
            for (int round = 0; round < 10; round++) {
                var writes = List.of(SERVICE.row(object, "r" + round, "t", "\"input\":1"));
                SERVICE.acknowledge(writes);
                var flush = java.util.concurrent.CompletableFuture.runAsync(() -> SERVICE.flush(writes));
                total++;

                assertThat(body(SERVICE.path(object, "/counts?strict=true"))
                                .get("rows")
                                .intValue())
                        .isEqualTo(total);
                flush.join();
            }
        }
    }

    @Nested
    class Streams {
        @Test
        void anAnswerThatCannotBecomeWholeIsCutOffAndNeverShort() {
            var filler = "\"input\":\"" + "x".repeat(30_000) + "\"";
            var gone = SERVICE.flush(List.of(SERVICE.row(object, "old", "t", filler)));
            var kept = new ArrayList<Write>();
            for (int i = 0; i < 10; i++) {
                kept.add(SERVICE.row(object, "new" + i, "t", filler));
            }
            SERVICE.flush(kept);
            assertThat(body(SERVICE.path(object, "/counts")).get("rows").intValue())
                    .isEqualTo(11);

            SERVICE.store.delete(List.of(gone)).block();

            assertThatThrownBy(() -> SERVICE.get(SERVICE.path(object, "/rows")))
                    .isInstanceOf(UncheckedIOException.class);
            var alone = SERVICE.get(SERVICE.path(object, "/rows/old"));
            assertThat(alone.statusCode()).isEqualTo(500);
            assertThat(alone.body()).contains("blob-unreadable", gone.value());
        }

        @Test
        void aClientThatLeavesEndsTheWorkAndGivesItsMemoryBack() throws Exception {
            var filler = "\"input\":\"" + "x".repeat(900_000) + "\"";
            for (int i = 0; i < 40; i++) {
                SERVICE.flush(List.of(SERVICE.row(object, "r" + i, "t", filler)));
            }
            var answer = SERVICE.http()
                    .send(SERVICE.request(SERVICE.path(object, "/traces/t")), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                assertThat(body.readNBytes(100_000)).hasSize(100_000);
                assertThat(memoryUsed()).isPositive();
            }

            for (int i = 0; i < 100 && memoryUsed() > 0; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(memoryUsed()).isZero();
        }

        @Test
        void aClientThatDoesNotReadIsCutOffAndItsMemoryGivenBack() throws Exception {
            var filler = "\"input\":\"" + "x".repeat(15_000_000) + "\"";
            SERVICE.flush(List.of(SERVICE.row(object, "large", "t", filler)));
            try (var socket = SERVICE.connection(8 << 10)) {
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(SERVICE.path(object, "/rows/large"), RunningService.KEY)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
                assertThat(memoryUsed()).as("sent in part").isPositive();

                for (int i = 0; i < 200 && memoryUsed() > 0; i++) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                assertThat(memoryUsed()).isZero();
                assertThat(rest(socket.getInputStream())).isLessThan(15_000_000);
            }
        }

        /** Bytes that still come until the connection ends, in order or not. */
        private static long rest(InputStream answer) {
            long bytes = 0;
            try {
                for (int read = answer.read(new byte[1 << 20]); read > 0; read = answer.read(new byte[1 << 20])) {
                    bytes += read;
                }
            } catch (IOException cut) {
                assertThat(cut).hasMessageContaining("reset");
            }
            return bytes;
        }

        private double memoryUsed() {
            return SERVICE.bean(MeterRegistry.class)
                    .get("spanlake.query.memory.used")
                    .gauge()
                    .value();
        }
    }

    @Test
    void viewsThatAreReadAreKeptWarmByEvents() throws Exception {
        SERVICE.flush(rows(1));
        body(SERVICE.path(object, "/counts"));
        var visible =
                SERVICE.bean(MeterRegistry.class).get("spanlake.ui.visible").timer();

        for (int i = 0; i < 100 && visible.count() == 0; i++) {
            SERVICE.flush(rows(1));
            TimeUnit.MILLISECONDS.sleep(100);
        }

        assertThat(visible.count()).isPositive();
        assertThat(visible.max(TimeUnit.MILLISECONDS)).isLessThan(30_000);
    }

    private List<Write> rows(int count) {
        var rows = new ArrayList<Write>();
        for (int i = 0; i < count; i++) {
            rows.add(SERVICE.row(object, "row-" + i, "trace-" + i / 10, "\"input\":" + i));
        }
        return rows;
    }

    private static JsonNode body(String path) {
        var answer = SERVICE.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
    }
}

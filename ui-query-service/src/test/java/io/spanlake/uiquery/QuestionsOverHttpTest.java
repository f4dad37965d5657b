package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuestionsOverHttpTest {
    private static final RunningService SERVICE = new RunningService("--spanlake.ui.questions.rows=60");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROWS = 40;

    private final ObjectRef object = SERVICE.freshProject();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    /** Forty rows, ten in a trace, a model of three, a score that each third has not, a second apart. */
    @BeforeEach
    void write() {
        var rows = new ArrayList<Write>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(SERVICE.row(
                    object,
                    "r%02d".formatted(i),
                    "t" + i / 10,
                    "\"created\":\"2026-03-01T12:00:%02dZ\",\"span_parents\":%s,\"input\":\"question %d of many\",\"metadata\":{\"model\":\"gpt-%d\"},\"tags\":[\"all\",\"t%d\"]%s%s"
                            .formatted(
                                    i,
                                    i % 10 == 0 ? "[]" : "[\"p\"]",
                                    i,
                                    i % 3,
                                    i % 2,
                                    i % 3 == 0 ? "" : ",\"scores\":{\"s\":%d}".formatted(i % 7),
                                    i % 8 == 0 ? ",\"error\":\"boom\"" : "")));
        }
        SERVICE.flush(rows);
    }

    @Nested
    class Lists {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                                                                  | 40
                filter=metadata.model = 'gpt-1'                   | 13
                search=question 7                                 | 1
                search="of many" -7                               | 39
                filter=scores.s > 3&search=many                   | 10
                roots=true                                        | 4
                from=2026-03-01T12:00:30Z                         | 10
                from=2026-03-01T12:00:30Z&to=2026-03-01T12:00:35Z | 5
                """)
        void haveTheRowsThatAreMeant(String question, int rows) {
            var page = get("/spans?limit=100&" + query(question));

            assertThat(page.get("rows").size()).isEqualTo(rows);
            assertThat(page.get("work").get("exact").booleanValue()).isTrue();
            assertThat(page.has("next")).isFalse();
            assertThat(page.get("freshness").get("mode").stringValue()).isEqualTo("newest");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "sort=_pagination_key asc",
                    "sort=scores.s desc",
                    "sort=metadata.model&sort=scores.s desc",
                    "filter=scores.s is not null&sort=len(input)"
                })
        void areWalkedToTheirEndAndBack(String question) {
            var whole = ids(get("/spans?limit=100&" + query(question)));
            var there = new ArrayList<String>();
            var page = get("/spans?limit=7&" + query(question));
            assertThat(page.has("previous")).isFalse();
            there.addAll(ids(page));
            while (page.has("next")) {
                page = get("/spans?limit=7&%s&after=%s".formatted(query(question), text(page, "next")));
                there.addAll(ids(page));
            }
            var back = new ArrayList<>(ids(page));
            while (page.has("previous")) {
                page = get("/spans?limit=7&%s&before=%s".formatted(query(question), text(page, "previous")));
                back.addAll(0, ids(page));
            }

            assertThat(there).isEqualTo(whole).doesNotHaveDuplicates();
            assertThat(back).isEqualTo(whole);
        }

        @Test
        void cutWhatIsLarge() {
            var row = get("/spans?limit=1&preview=8").get("rows").get(0);

            assertThat(row.get("input").stringValue()).isEqualTo("question…");
            assertThat(row.get("_cut").get("input").intValue()).isEqualTo(21);
        }

        @Test
        void thatMeetTheirLimitAreShortAndLeadOn() {
            var more = new ArrayList<Write>();
            for (int i = 0; i < 100; i++) {
                more.add(SERVICE.row(object, "x" + i, "x", "\"input\":1"));
            }
            SERVICE.flush(more);
            // Not of words alone: rows that have none of its words are passed over without being examined.
            var question = "filter=%s&limit=5".formatted(encoded("scores.none > 0 or tags includes 't1'"));

            var page = get("/spans?" + question);
            assertThat(page.get("rows").size()).isZero();
            assertThat(page.get("work").toString()).isEqualTo("{\"exact\":false,\"examined\":60,\"limit\":\"rows\"}");
            var found = new ArrayList<String>();
            while (page.has("next")) {
                page = get("/spans?%s&after=%s".formatted(question, text(page, "next")));
                found.addAll(ids(page));
            }

            assertThat(found).hasSize(20).doesNotHaveDuplicates().startsWith("r39", "r37");
        }

        @Test
        void takeFiltersThatNoAddressHasRoomFor() {
            var filter = "id in (%s'r03', 'r05')".formatted("'nobody', ".repeat(10_000));

            var answer = SERVICE.send(
                    "POST",
                    SERVICE.path(object, "/spans"),
                    JSON.writeValueAsString(Map.of("filter", filter, "limit", 10)));

            assertThat(ids(JSON.readTree(answer.body()))).containsExactly("r05", "r03");
        }
    }

    @Nested
    class FacetsAndMore {
        @Test
        void facetsCountTheValuesOfEachPath() {
            var facets = get("/facets?path=metadata.model&path=tags&path=scores.s&limit=2")
                    .get("facets");

            assertThat(facets.get(0).toString())
                    .isEqualTo(
                            "{\"path\":\"metadata.model\",\"values\":[{\"value\":\"gpt-0\",\"rows\":14},{\"value\":\"gpt-1\",\"rows\":13}],\"others\":13,\"missing\":0}");
            assertThat(facets.get(1).get("values").toString())
                    .isEqualTo("[{\"value\":\"all\",\"rows\":40},{\"value\":\"t0\",\"rows\":20}]");
            assertThat(facets.get(2).get("missing").intValue()).isEqualTo(14);
        }

        @Test
        void valuesAreCompleted() {
            assertThat(get("/values?path=metadata.model&prefix=GPT-")
                            .get("values")
                            .size())
                    .isEqualTo(3);
            assertThat(get("/values?path=tags&prefix=t&filter=" + encoded("metadata.model = 'gpt-2'"))
                            .get("values")
                            .toString())
                    .isEqualTo("[{\"value\":\"t0\",\"rows\":7},{\"value\":\"t1\",\"rows\":6}]");
        }

        @Test
        void histogramsCountRowsAndErrorsOverTime() {
            var histogram = get("/histogram?seconds=10").get("histogram");

            assertThat(histogram.get("seconds").intValue()).isEqualTo(10);
            assertThat(histogram.get("buckets").get(0).toString())
                    .isEqualTo("{\"from\":\"2026-03-01T12:00:00Z\",\"rows\":10,\"errors\":2}");
            assertThat(histogram.get("buckets").size()).isEqualTo(4);
            assertThat(get("/histogram?buckets=2")
                            .get("histogram")
                            .get("seconds")
                            .intValue())
                    .isEqualTo(60);
        }

        @Test
        void countsAreOfTheRowsThatAreMeant() {
            var counts = get("/counts?filter=" + encoded("error is not null"));

            assertThat(counts.get("rows").intValue()).isEqualTo(5);
            assertThat(counts.get("traces").intValue()).isEqualTo(4);
            assertThat(counts.get("work").get("exact").booleanValue()).isTrue();
        }

        /** Sixty rows are looked at here; what is more is answered by the engine. */
        @Test
        void moreRowsThanAreLookedAtAreCountedAllTheSame() {
            SERVICE.flush(Stream.iterate(0, i -> i + 1)
                    .limit(60)
                    .map(i -> SERVICE.row(
                            object, "x" + i, "x", "\"created\":\"2026-03-01T13:00:00Z\",\"input\":%d".formatted(i)))
                    .toList());
            var question = "filter=" + encoded("input is not null");

            assertThat(get("/counts?" + question).toString())
                    .startsWith("{\"rows\":100,\"traces\":5,\"work\":{\"exact\":true,");
            assertThat(get("/facets?path=tags&" + question).get("facets").get(0).toString())
                    .isEqualTo(
                            "{\"path\":\"tags\",\"values\":[{\"value\":\"all\",\"rows\":40},{\"value\":\"t0\",\"rows\":20},{\"value\":\"t1\",\"rows\":20}],\"others\":0,\"missing\":60}");
            assertThat(get("/histogram?" + question)
                            .get("histogram")
                            .get("buckets")
                            .toString())
                    .isEqualTo(
                            "[{\"from\":\"2026-03-01T12:00:00Z\",\"rows\":40,\"errors\":5},{\"from\":\"2026-03-01T13:00:00Z\",\"rows\":60,\"errors\":0}]");
            var sorted = ids(get("/spans?limit=70&sort=created&" + question));
            assertThat(sorted).hasSize(70).startsWith("r00", "r01");
            assertThat(get("/counts").get("rows").intValue()).isEqualTo(100);
        }
    }

    @Nested
    class BadRequests {
        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                /spans?filter=metadata.model ==== 3 ; 400 ; filter-syntax
                /spans?filter=nofunction(1) = 2 ; 400 ; filter-meaning
                /spans?filter=inputt = 1 ; 400 ; filter-meaning
                /spans?filter=count(1) > 2 ; 400 ; filter-meaning
                /spans?filter=input ; 400 ; filter-failed
                /spans?filter=input = 1 | limit: 5 ; 400 ; filter-syntax
                /spans?sort=count(1) desc ; 400 ; filter-meaning
                /spans?sort= ; 200 ;
                /spans?sort=nofield desc ; 400 ; filter-meaning
                /spans?limit=0 ; 400 ; bad-parameter
                /spans?limit=1001 ; 400 ; bad-parameter
                /spans?limit=5&limit=6 ; 400 ; bad-parameter
                /spans?preview=1000000 ; 400 ; bad-parameter
                /spans?after=nonsense ; 400 ; bad-cursor
                /spans?after=a&before=b ; 400 ; bad-parameter
                /spans?from=yesterday ; 400 ; bad-parameter
                /spans?roots=maybe ; 400 ; bad-parameter
                /spans?strict=maybe ; 400 ; bad-parameter
                /spans?fliter=a ; 400 ; bad-parameter
                /facets ; 400 ; bad-parameter
                /facets?path=1+1 ; 400 ; filter-meaning
                /facets?path=a..b ; 400 ; filter-syntax
                /values?prefix=a ; 400 ; bad-parameter
                /histogram?seconds=0 ; 400 ; bad-parameter
                /counts?filter=) ; 400 ; filter-syntax
                /live?filter=) ; 400 ; filter-syntax
                /live?cursor=nonsense ; 400 ; bad-cursor
                """)
        void areToldApart(String request, int status, String type) {
            int mark = request.indexOf('?');
            var path = mark < 0 ? request : request.substring(0, mark + 1) + query(request.substring(mark + 1));

            var answer = SERVICE.get(SERVICE.path(object, path));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            if (status != 200) {
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
                assertThat(JSON.readTree(answer.body()).get("type").stringValue())
                        .endsWith(":" + type);
            }
        }

        @Test
        void aFilterThatIsWrongIsToldWhereAndWhatMayBeMeant() {
            var error = JSON.readTree(SERVICE.get(SERVICE.path(
                                    object, "/spans?filter=" + encoded("input = 1 and metdata.model = 'x'")))
                            .body())
                    .get("error");

            assertThat(error.get("column").intValue()).isEqualTo(15);
            assertThat(error.get("hint").stringValue()).contains("metadata");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[1]", "{\"filter\":{}}", "{", "{\"filter\":\"a = 1\",\"limit\":[1,2]}"})
        void bodiesThatAreNoQuestion(String body) {
            var answer = SERVICE.send("POST", SERVICE.path(object, "/spans"), body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("bad-parameter");
        }

        @Test
        void hugeAndHostileOnesAreRefusedAndTheNextIsAnswered() {
            for (var filter : List.of(
                    "(".repeat(10_000) + "1" + ")".repeat(10_000),
                    "x".repeat(1_000_000),
                    "not ".repeat(5_000) + "input")) {
                var answer = SERVICE.send(
                        "POST", SERVICE.path(object, "/spans"), JSON.writeValueAsString(Map.of("filter", filter)));

                assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 413);
                assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            }
            assertThat(get("/spans?filter=" + encoded("input ~ '(a+)+b'"))
                            .get("rows")
                            .size())
                    .isZero();
        }
    }

    private JsonNode get(String path) {
        var answer = SERVICE.get(SERVICE.path(object, path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode page) {
        return page.get("rows")
                .valueStream()
                .map(row -> row.get("id").stringValue())
                .toList();
    }

    private static String text(JsonNode page, String name) {
        return page.get(name).stringValue();
    }

    /** Names as they are, values encoded. */
    private static String query(String question) {
        return question == null
                ? ""
                : Stream.of(question.split("&", -1))
                        .map(pair -> pair.indexOf('=') < 0
                                ? pair
                                : pair.substring(0, pair.indexOf('=') + 1)
                                        + encoded(pair.substring(pair.indexOf('=') + 1)))
                        .reduce((a, b) -> a + "&" + b)
                        .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

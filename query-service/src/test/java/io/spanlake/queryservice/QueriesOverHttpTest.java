package io.spanlake.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueriesOverHttpTest {
    private static final RunningService SERVICE = new RunningService("--spanlake.query.page-bytes=1MB");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectRef LOGS = SERVICE.object;
    private static final int ROWS = 30;

    @BeforeAll
    static void fill() {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < ROWS; i++) {
            writes.add(SERVICE.row(
                    LOGS,
                    "row-%02d".formatted(i),
                    "t" + i / 3,
                    "\"input\":\"hello, \\\"%d\\\"\",\"metadata\":{\"n\":%d,\"m\":%s},\"scores\":{\"x\":0.5}"
                            .formatted(i, i, i % 4 == 0 ? "null" : Integer.toString(i % 4))));
        }
        SERVICE.flush(writes);
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Nested
    class OneQuestionInAnyForm {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "`SELECT id FROM project_logs('P') WHERE metadata.n >= 27 ORDER BY id`",
                    "`select: id | from: project_logs('P') spans | filter: metadata.n >= 27 | sort: id asc`",
                    "{`select`:[{`expr`:{`op`:`ident`,`name`:[`id`]},`alias`:`id`}],`from`:{`op`:`function`,`name`:"
                            + "{`op`:`ident`,`name`:[`project_logs`]},`args`:[{`op`:`literal`,`value`:`P`}]},`filter`:{`op`:`ge`,"
                            + "`left`:{`op`:`ident`,`name`:[`metadata`,`n`]},`right`:{`op`:`literal`,`value`:27}},"
                            + "`sort`:[{`expr`:{`btql`:`id`},`dir`:`asc`}],`cursor`:null,`limit`:1000}",
                    "`SELECT id FROM project_logs('the project') WHERE metadata.n >= 27 ORDER BY id`"
                })
        void hasOneAnswer(String query) {
            var project = "project_logs('the project')";
            var text = query.contains(project) ? query.replace(project, "project_logs") : query;
            var body = "{\"query\":" + filled(text) + ",\"project_id\":\"" + LOGS.id() + "\"}";

            for (var path : List.of("/btql", "/sql")) {
                var answer = SERVICE.post(path, body);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(ids(answer)).containsExactly("row-27", "row-28", "row-29");
            }
        }
    }

    @Nested
    class TheEnvelope {
        @Test
        void hasAllThatClientsLookFor() {
            var answer = ask(
                    "select id, metadata.n as n, count(1) as c from project_logs('P') where id = 'row-03' group by 1, 2");
            var document = JSON.readTree(answer.body());

            assertThat(document.get("data").toString()).isEqualTo("[{\"id\":\"row-03\",\"n\":3,\"c\":1}]");
            assertThat(document.at("/schema/type").stringValue()).isEqualTo("array");
            assertThat(document.at("/schema/items/properties").toString())
                    .isEqualTo("{\"id\":{\"type\":\"string\"},\"n\":{},\"c\":{\"type\":\"integer\"}}");
            assertThat(document.has("cursor")).isFalse();
            assertThat(document.at("/realtime_state/type").stringValue()).isEqualTo("on");
            assertThat(document.at("/freshness_state/last_processed_xact_id").stringValue())
                    .isEqualTo(document.at("/freshness_state/last_considered_xact_id")
                            .stringValue())
                    .hasSize(19);
            assertThat(document.get("freshness").stringValue()).isEqualTo("complete");
            assertThat(answer.headers().firstValue("x-bt-freshness-state")).hasValue("complete");
            assertThat(answer.headers()
                            .firstValue("access-control-expose-headers")
                            .orElse(""))
                    .contains("x-bt-cursor", "x-bt-query-plan");
            assertThat(answer.headers().firstValue("x-bt-api-duration-ms").orElse(""))
                    .matches("\\d+");
            assertThat(answer.headers().firstValue("x-bt-internal-trace-id").orElse(""))
                    .isNotEmpty();
        }

        @Test
        void warnsOfAnUnboundedReadAndRefusesItWhereAskedTo() {
            var query = "\"query\":\"select id from project_logs('%s') limit 1\"".formatted(LOGS.id());

            var warned = JSON.readTree(SERVICE.btql("{" + query + "}").body());
            var refused = SERVICE.btql("{" + query + ",\"lint_mode\":\"strict\"}");

            assertThat(warned.at("/warnings/0/code").stringValue()).isEqualTo("missingSegmentEliminationSpecs");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(refused.body()).get("Message").stringValue())
                    .startsWith("Query blocked by strict lint mode due to 1 lint:\nmissingSegmentEliminationSpecs (");
        }

        @Test
        void ofNoRowsIsAnEmptyList() {
            assertThat(ask("select id from project_logs('P') where id = 'nobody'")
                            .body())
                    .startsWith("{\"data\":[],\"schema\":");
        }

        @Test
        void hasACursorWhileMoreFollowsAndSaysSoInAHeader() {
            var first = ask("select id from project_logs('P') where metadata.n < 20 order by metadata.n limit 12");
            var cursor = JSON.readTree(first.body()).get("cursor").stringValue();
            var last =
                    ask("select id from project_logs('P') where metadata.n < 20 order by metadata.n limit 12 offset '"
                            + cursor + "'");

            assertThat(first.headers().firstValue("x-bt-cursor")).hasValue(cursor);
            assertThat(ids(last)).hasSize(8);
            assertThat(last.headers().firstValue("x-bt-cursor")).isEmpty();
            assertThat(JSON.readTree(last.body()).has("cursor")).isFalse();
        }
    }

    @Nested
    class Formats {
        @Test
        void aRowALine() {
            var answer = SERVICE.btql(body("select id from project_logs('P') limit 3", "\"fmt\":\"jsonl\""));

            assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
            assertThat(answer.headers().firstValue("x-bt-cursor")).isPresent();
            assertThat(answer.body()).isEqualTo("{\"id\":\"row-29\"}\n{\"id\":\"row-28\"}\n{\"id\":\"row-27\"}\n");
        }

        @Test
        void linesAlsoForClientsThatAskByHeader() {
            var answer = SERVICE.btql(
                    body("select id from project_logs('P') where id = 'row-01'"), "Accept", "application/x-jsonlines");

            assertThat(answer.body()).isEqualTo("{\"id\":\"row-01\"}\n");
        }

        @Test
        void valuesForTables() {
            var answer = SERVICE.btql(body(
                    "select id, input, metadata, metadata.m as m from project_logs('P') where metadata.n in (4, 5) order by id",
                    "\"fmt\":\"csv\""));

            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
            assertThat(answer.body()).isEqualTo("""
                    id,input,metadata,m
                    row-04,"hello, ""4""\","{""n"":4,""m"":null}",
                    row-05,"hello, ""5""\","{""n"":5,""m"":1}",1
                    """.replace("\n", "\r\n"));
        }

        @Test
        void anUnknownOneIsNamed() {
            var answer = SERVICE.btql(body("select id from project_logs('P') limit 1", "\"fmt\":\"xml\""));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(message(answer)).contains("xml");
        }
    }

    @Nested
    class Walks {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "order by _pagination_key desc",
                    "order by _xact_id",
                    "order by metadata.m desc, metadata.n",
                    "order by metadata.m nulls first",
                    "order by len(input), id desc"
                })
        void byCursorsAreTheWholeSort(String sort) {
            var query = "select id from project_logs('P') " + sort;
            var walked = new ArrayList<String>();
            var seen = new HashSet<String>();
            var cursor = "";
            do {
                var page = ask(query + " limit 7" + (cursor.isEmpty() ? "" : " offset '" + cursor + "'"));
                assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                walked.addAll(ids(page));
                cursor = page.headers().firstValue("x-bt-cursor").orElse("");
                assertThat(seen.add(cursor)).isTrue();
            } while (!cursor.isEmpty());

            assertThat(walked).hasSize(ROWS).isEqualTo(ids(ask(query)));
        }

        @Test
        void oldestFirstFollowWhatComes() {
            var object = SERVICE.freshProject();
            var query = "select id from project_logs('%s') order by _pagination_key limit 100".formatted(object.id());
            SERVICE.flush(List.of(SERVICE.row(object, "a", "t", "\"input\":1")));
            var first = ask(query);

            SERVICE.flush(List.of(SERVICE.row(object, "b", "t", "\"input\":1")));
            var cursor = JSON.readTree(first.body()).get("cursor").stringValue();
            var next = ask(query + " offset '" + cursor + "'");

            assertThat(ids(first)).containsExactly("a");
            assertThat(ids(next)).endsWith("b");
        }
    }

    @Nested
    class Strict {
        @Test
        void readsWaitForWhatWasAcknowledged() throws Exception {
            var object = SERVICE.freshProject();
            var row = List.of(SERVICE.row(object, "late", "t", "\"input\":1"));
            var query = "select id from project_logs('%s')".formatted(object.id());
            SERVICE.acknowledge(row);
            var strict = SERVICE.http()
                    .sendAsync(SERVICE.request("/btql", body(query)), HttpResponse.BodyHandlers.ofString());
            var newest = SERVICE.btql(body(query, "\"brainstore_realtime\":false"));

            SERVICE.flush(row);

            assertThat(ids(newest)).isEmpty();
            assertThat(ids(strict.get())).containsExactly("late");
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "selct id;did you mean SELECT",
                    "select id from project_logs('P') where;unexpected end of the query",
                    "select nope from project_logs('P');unknown field nope at line 1, column 8",
                    "select lowr(id) from project_logs('P');unknown function lowr at line 1, column 8; did you mean lower",
                    "select id from project_log('P');unknown source project_log",
                    "select id from project_logs('P') offset 'zzz';Invalid cursor"
                })
        void sayWhatAndWhere(String query, String message) {
            var answer = ask(query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(message(answer)).contains(message);
            assertThat(JSON.readTree(answer.body()).get("code").stringValue()).startsWith("btql_");
        }

        @Test
        void aWrongOrMissingKeyIs401() {
            var query = body("select id from project_logs('P')");

            assertThat(SERVICE.btql(query, "Authorization", "Bearer wrong").statusCode())
                    .isEqualTo(401);
            assertThat(SERVICE.btql(query, "Authorization", "Basic abc").statusCode())
                    .isEqualTo(401);
        }

        @Test
        void anotherOrganizationsObjectIsAsOneThatDoesNotExist() {
            var foreign = SERVICE.foreignProject();
            var unknown = "00000000-0000-4000-8000-000000000000";

            var refused = ask("select id from project_logs('%s')".formatted(foreign.id()));
            var beside = ask("select id from project_logs('P', '%s')".formatted(foreign.id()));
            var missing = ask("select id from project_logs('%s')".formatted(unknown));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(beside.statusCode()).isEqualTo(403);
            assertThat(missing.statusCode()).isEqualTo(403);
            assertThat(message(refused).replace(foreign.id(), ""))
                    .isEqualTo(message(missing).replace(unknown, ""));
        }

        @Test
        void namesOfOthersAreNotFound() {
            var answer =
                    ask("select id from experiment('" + new ObjectRef(ObjectType.EXPERIMENT, "nobody").id() + "')");

            assertThat(answer.statusCode()).isIn(403, 404);
        }
    }

    private static String filled(String text) {
        return text.replace('`', '"').replace("'P'", "'" + LOGS.id() + "'").replace("\"P\"", '"' + LOGS.id() + '"');
    }

    private static String body(String query, String... members) {
        var all = new ArrayList<>(List.of("\"query\":" + JSON.writeValueAsString(filled(query))));
        all.addAll(List.of(members));
        return "{" + String.join(",", all) + "}";
    }

    private static HttpResponse<String> ask(String query) {
        return SERVICE.btql(body(query));
    }

    private static String message(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).get("Message").stringValue();
    }

    private static List<String> ids(HttpResponse<String> answer) {
        var ids = new ArrayList<String>();
        for (JsonNode row : JSON.readTree(answer.body()).get("data")) {
            ids.add(row.get("id").stringValue());
        }
        return ids;
    }
}

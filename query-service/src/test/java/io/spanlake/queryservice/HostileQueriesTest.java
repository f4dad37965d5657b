package io.spanlake.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Write;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes, the answer is soon, says what is wrong, and the next good query succeeds. */
class HostileQueriesTest {
    private static final RunningService SERVICE = new RunningService();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FROM = "project_logs('" + SERVICE.object.id() + "')";

    record Hostile(String name, String query) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void fill() {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < 500; i++) {
            writes.add(SERVICE.row(
                    SERVICE.object,
                    "row-" + i,
                    "t" + i,
                    "\"input\":\"%s\"".formatted("a".repeat(i % 50 == 0 ? 100_000 : 20))));
        }
        SERVICE.flush(writes);
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @AfterEach
    void theNextGoodOneSucceeds() {
        var answer = ask("select count(1) as n from " + FROM);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"data\":[{\"n\":500}]");
    }

    static Stream<Hostile> refused() {
        return Stream.of(
                new Hostile("nested parentheses", where("(".repeat(10_000) + "1" + ")".repeat(10_000) + " = 1")),
                new Hostile("open parentheses", where("(".repeat(10_000))),
                new Hostile("nested arrays", where("[".repeat(10_000) + "]".repeat(10_000) + " is null")),
                new Hostile("nested objects", where("{a:".repeat(5_000) + "1" + "}".repeat(5_000) + " is null")),
                new Hostile("negations", where("not ".repeat(20_000) + "true")),
                new Hostile("signs", where("- ".repeat(20_000) + "1 = 1")),
                new Hostile("a long sum", where("1" + " + 1".repeat(20_000) + " = 1")),
                new Hostile("choices", where("true ? 1 : ".repeat(5_000) + "1")),
                new Hostile("casts", where("id" + "::text".repeat(5_000) + " = 'a'")),
                new Hostile("nested calls", where("lower(".repeat(5_000) + "id" + ")".repeat(5_000) + " = 'a'")),
                new Hostile("nested queries", "select id from (".repeat(500) + FROM + ")".repeat(500)),
                new Hostile("nested choices", where("case when ".repeat(2_000) + "true")),
                new Hostile("more than a megabyte", where("id = '" + "x".repeat(1_000_001) + "'")),
                new Hostile("many words", where("id in (" + "1,".repeat(200_000) + "1)")),
                new Hostile("an unknown function", where("sleep(10) = 1")),
                new Hostile("no regular expression", where("input ~ '(a'")),
                new Hostile("a huge regular expression", where("input ~ '((a{1000}){1000}){1000}'")),
                new Hostile("a look-behind", where("input ~ '(?<=a)b'")),
                new Hostile("a quote without end", where("id = 'x")),
                new Hostile("a comment without end", where("id = 'x' /* ")),
                new Hostile("a second statement", "select id from " + FROM + "; drop table spans"),
                new Hostile("control characters", where("id = \u0000\u0001")),
                new Hostile("half a character", where("\ud800 = 1")),
                new Hostile("a huge number of rows", "select id from " + FROM + " limit 99999999999999999999"),
                new Hostile("rows below none", "select id from " + FROM + " limit -1"),
                new Hostile("a far page", "select id from " + FROM + " offset 1000000000"),
                new Hostile("a huge exponent", "select id from " + FROM + " limit 1e999999999"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Hostile hostile) {
        var answer = soon(hostile.query);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        var message = JSON.readTree(answer.body()).get("Message").stringValue();
        assertThat(message).isNotBlank().hasSizeLessThan(1_000);
    }

    static Stream<Hostile> answered() {
        return Stream.of(
                new Hostile("catastrophic LIKE", where("input like '" + "%a".repeat(40) + "%b'")),
                new Hostile("catastrophic ILIKE", where("input ilike '" + "%_a".repeat(40) + "b'")),
                new Hostile("catastrophic regular expression", where("input ~ '^(a+)+$b'")),
                new Hostile("another one", where("input ~ '(a|aa)*(a|b)*c'")),
                new Hostile("a chain of AND", where("true" + " and id != 'x'".repeat(20_000) + " and id = 'row-3'")),
                new Hostile("a chain of OR", where("false" + " or id = 'x'".repeat(20_000))),
                new Hostile("a huge number", where("id = 'row-1' and 1e400000 > 1")),
                new Hostile("a number of many digits", where("9".repeat(100_000) + " < 1")),
                new Hostile(
                        "power of powers", "select power(10, power(10, power(10, 10))) as x from " + FROM + " limit 1"),
                new Hostile(
                        "a far month", "select created + interval 99999999999 month as x from " + FROM + " limit 1"),
                new Hostile("comments", where("id = 'row-1'" + " /* ( */".repeat(50_000))));
    }

    @ParameterizedTest
    @MethodSource
    void answered(Hostile hostile) {
        var answer = soon(hostile.query);

        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
    }

    @Test
    void aListOfTenThousandIdsIsFast() {
        var ids =
                IntStream.range(0, 10_000).mapToObj(i -> "'row-" + i * 7 + "'").collect(Collectors.joining(","));
        var query = "select id from %s where id in (%s)".formatted(FROM, ids);
        ask(query);

        var start = System.nanoTime();
        var answer = ask(query);
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(JSON.readTree(answer.body()).get("data").size()).isEqualTo(72);
        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aBodyThatIsNoRequestIsRefused() {
        for (var body : List.of(
                "",
                "null",
                "[]",
                "{\"query\":1}",
                "{\"query\":{\"select\":[{\"op\":\"star\"}],\"colour\":1}}",
                "{\"query\":" + "[".repeat(100_000),
                "{\"query\":{\"from\":\"" + FROM + "\",\"filter\":" + "{\"op\":\"not\",\"expr\":".repeat(5_000) + "1"
                        + "}".repeat(5_000) + "}}",
                "{\"query\":{\"from\":\"" + FROM + "\",\"filter\":" + "{\"op\":\"not\",\"expr\":".repeat(300) + "1"
                        + "}".repeat(300) + "}}",
                "{\"query\":\"" + "x".repeat(5 << 20) + "\"}")) {
            var answer = SERVICE.btql(body);

            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(60, body.length())) + " " + answer.body())
                    .isBetween(400, 499);
        }
    }

    private static String where(String condition) {
        return "select id from " + FROM + " where " + condition;
    }

    private static HttpResponse<String> soon(String query) {
        var start = System.nanoTime();
        var answer = ask(query);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        return answer;
    }

    private static HttpResponse<String> ask(String query) {
        return SERVICE.btql("{\"query\":" + JSON.writeValueAsString(query) + "}");
    }
}

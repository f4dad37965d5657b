package io.spanlake.query.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.Arithmetic.Operator;
import io.spanlake.query.value.Paths.Step;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2.50,-0,1e3,18446744073709551616],\"b\":{\"c\":null,\"d\":\"\\\"\\\\x\\n\"}}",
                "\"\u00e9 😀\"",
                "[]",
                "{}",
                "1e99999999999"
            })
    void jsonComesBackAsItWas(String json) {
        assertThat(JsonWriter.json(json(json))).isEqualTo(json);
    }

    @Test
    void loneSurrogatesStay() {
        assertThat(JsonWriter.json(json("\"\\ud83d\""))).isEqualTo("\"\\ud83d\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1, ADD, 2, 3",
        "0.1, ADD, 0.2, 0.3",
        "9223372036854775807, ADD, 1, 9223372036854775808",
        "7, DIVIDE, 2, 3.5",
        "6, DIVIDE, 2, 3",
        "1, DIVIDE, 0, null",
        "-7, MODULO, 3, -1",
        "7.5, MODULO, 2, 1.5",
        "1, MODULO, 0, null",
        "true, ADD, true, 2",
        "1, ADD, null, null",
        "1e300, MULTIPLY, 1e300, 1E+600",
        "1e800, MULTIPLY, 2, null"
    })
    void arithmetic(String a, Operator operator, String b, String result) {
        assertThat(JsonWriter.json(Arithmetic.apply(operator, json(a), json(b))))
                .isEqualTo(result);
    }

    @Test
    void textIsNoNumber() {
        assertThat(Arithmetic.apply(Operator.ADD, json("\"1\""), json("1")).isNull())
                .isTrue();
    }

    @Test
    void monthsGoByTheCalendar() {
        var end = Times.of(new TextValue("2024-01-31"));
        var month = new IntervalValue(1, Duration.ZERO);

        assertThat(JsonWriter.json(Arithmetic.apply(Operator.ADD, end, month))).isEqualTo("\"2024-02-29T00:00:00Z\"");
        assertThat(Arithmetic.apply(Operator.SUBTRACT, end, Times.of(new TextValue("2024-01-30"))))
                .isEqualTo(new IntervalValue(0, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.b;1",
                "a.c[0];2",
                "a.c[-1];3",
                "a.c[7];null",
                "x.y.z;null",
                "x.q;6",
                "a.b.c;null",
                "s.t;null",
                "m.n.o;7"
            })
    void pathsLeadIn(String path, String found) {
        var value =
                json("{\"a\":{\"b\":1,\"c\":[2,3]},\"x.y\":{\"z\":5},\"x\":{\"q\":6},\"s\":\"{}\",\"m\":{\"n.o\":7}}");
        var steps = new ArrayList<Step>();
        for (var part : path.split("[.\\[]", -1)) {
            steps.add(
                    part.endsWith("]") ? new Step.Index(Integer.parseInt(part.replace("]", ""))) : new Step.Key(part));
        }

        assertThat(JsonWriter.json(Paths.at(value, steps, 0))).isEqualTo(found);
    }

    private static Value json(String text) {
        return JsonValues.parse(text).orElseThrow();
    }
}

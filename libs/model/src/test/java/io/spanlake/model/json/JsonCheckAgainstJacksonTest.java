package io.spanlake.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The same answer as a parser that others wrote, on values and on what one change makes of them. */
class JsonCheckAgainstJacksonTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    @Property(tries = 10_000)
    void bothSayTheSame(@ForAll("almostJson") String text) {
        assertThat(JsonCheck.check(ByteSlice.ofUtf8(text), JsonLimits.DEFAULT).isEmpty())
                .as(text)
                .isEqualTo(jacksonReads(text));
    }

    private static boolean jacksonReads(String text) {
        try (var parser = JACKSON.createParser(ObjectReadContext.empty(), text.getBytes(StandardCharsets.UTF_8))) {
            int values = 0;
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
            }
            return values == 1;
        } catch (JacksonException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> almostJson() {
        var token = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"a\"",
                "\"\\n\"",
                "\"\\u00e9x\"",
                "\"",
                "\\",
                "0",
                "-1",
                "1.5e+3",
                "1e",
                "-",
                "true",
                "false",
                "null",
                "nul",
                " ",
                "\n",
                "é",
                "\u0001",
                "{\"a\":",
                "[1,",
                "{}",
                "[]",
                "1",
                "\\u12");
        var soup = token.list().ofMinSize(1).ofMaxSize(8).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(soup, values(3), values(3).flatMap(JsonCheckAgainstJacksonTest::changed));
    }

    private static Arbitrary<String> changed(String json) {
        return Arbitraries.integers()
                .between(0, json.length())
                .flatMap(at -> Arbitraries.of(
                        json.substring(0, at),
                        json.substring(at),
                        json.substring(0, at) + "," + json.substring(at),
                        json.substring(0, at) + "\"" + json.substring(at),
                        json.substring(0, at) + "\\" + json.substring(at),
                        json.substring(0, at) + "0" + json.substring(at),
                        json.substring(0, at) + "e" + json.substring(at),
                        json.substring(0, at) + "]" + json.substring(at)));
    }

    private static Arbitrary<String> values(int depth) {
        var scalar = Arbitraries.of(
                "1",
                "-0.0",
                "1e308",
                "\"x\"",
                "\"\\\"\\\\\"",
                "true",
                "null",
                "123456789012345678901234567890",
                "\"日本\"");
        if (depth == 0) {
            return scalar;
        }
        var inner = values(depth - 1);
        var array = inner.list().ofMaxSize(3).map(items -> "[" + String.join(" , ", items) + "]");
        var object = inner.list().ofMaxSize(3).map(items -> {
            var json = new StringBuilder("{");
            for (int i = 0; i < items.size(); i++) {
                json.append(i == 0 ? "" : ",")
                        .append("\"k")
                        .append(i)
                        .append("\" : ")
                        .append(items.get(i));
            }
            return json.append("}").toString();
        });
        return Arbitraries.oneOf(scalar, array, object);
    }
}

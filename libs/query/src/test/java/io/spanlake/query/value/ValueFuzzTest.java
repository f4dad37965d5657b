package io.spanlake.query.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.query.value.Paths.Step;
import java.util.Arrays;

/** Values of any JSON: read, written, compared, followed along a path, taken as times. */
class ValueFuzzTest {
    /** A path and a value, with a line break between them. */
    @FuzzTest
    void anyPathLeadsSomewhereOrNowhere(byte[] bytes) {
        var texts = new String(bytes, UTF_8).split("\n", 2);
        var value = JsonValues.parse(texts[texts.length - 1]).orElse(NullValue.NULL);
        var steps = Arrays.stream(texts[0].split("/", -1))
                .limit(20)
                .map(ValueFuzzTest::step)
                .toList();

        var found = Paths.at(value, steps, 0);

        Times.of(found);
        mustComeBack(found);
        mustComeBack(value);
        assertThat(Compare.SORTED.compare(value, value)).isZero();
    }

    private static void mustComeBack(Value value) {
        var text = new StringBuilder();
        JsonWriter.append(value, text);
        var again = JsonValues.parse(text.toString());
        assertThat(again).isPresent();
        var textAgain = new StringBuilder();
        JsonWriter.append(again.get(), textAgain);
        assertThat(textAgain.toString()).isEqualTo(text.toString());
    }

    private static Step step(String text) {
        return text.matches("-?\\d{1,6}") ? new Step.Index(Integer.parseInt(text)) : new Step.Key(text);
    }
}

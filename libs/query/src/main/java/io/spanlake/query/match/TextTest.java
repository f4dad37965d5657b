package io.spanlake.query.match;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.IntervalValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextLeaves;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.util.function.Predicate;

/** How a test of text reads a value that is none: an array or object by each of its strings and by its compact JSON. */
final class TextTest {
    private TextTest() {}

    /** Of a value that is not null. */
    static boolean holds(Value value, Predicate<String> test) {
        return switch (value) {
            case TextValue(var text) -> test.test(text);
            case TimeValue time -> test.test(time.text());
            case IntervalValue interval -> test.test(interval.text());
            case ArrayValue _, ObjectValue _ ->
                !TextLeaves.visit(value, leaf -> !test.test(leaf)) || test.test(JsonWriter.json(value));
            default -> test.test(JsonWriter.json(value));
        };
    }
}

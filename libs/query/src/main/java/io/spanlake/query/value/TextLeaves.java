package io.spanlake.query.value;

import java.util.function.Predicate;

/** The strings within a value; keys are none. */
public final class TextLeaves {
    private TextLeaves() {}

    /** @param visitor returns whether to go on */
    public static boolean visit(Value value, Predicate<String> visitor) {
        return switch (value) {
            case TextValue(var text) -> visitor.test(text);
            case TimeValue time -> visitor.test(time.text());
            case ArrayValue(var items) -> {
                for (var item : items) {
                    if (!visit(item, visitor)) {
                        yield false;
                    }
                }
                yield true;
            }
            case ObjectValue(var fields) -> {
                for (var item : fields.values()) {
                    if (!visit(item, visitor)) {
                        yield false;
                    }
                }
                yield true;
            }
            case NullValue _, BooleanValue _, NumberValue _, IntervalValue _ -> true;
        };
    }
}

package io.spanlake.query.function;

import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.List;

/**
 * A function of values.
 *
 * @param strict whether any null argument makes the result null, unasked
 */
public record ScalarFunction(
        String name, int argumentsMin, int argumentsMax, ValueType type, boolean strict, Body body) {
    @FunctionalInterface
    public interface Body {
        Value apply(QueryContext context, List<Value> arguments);
    }

    public Value apply(QueryContext context, List<Value> arguments) {
        if (strict) {
            for (var argument : arguments) {
                if (argument.isNull()) {
                    return NullValue.NULL;
                }
            }
        }
        return body.apply(context, arguments);
    }
}

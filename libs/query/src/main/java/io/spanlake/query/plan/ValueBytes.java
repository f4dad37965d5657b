package io.spanlake.query.plan;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.DecimalValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;

/** About how much heap values take. */
public final class ValueBytes {
    private ValueBytes() {}

    public static long of(Value value) {
        return switch (value) {
            case TextValue(var text) -> 56 + 2L * text.length();
            case TimeValue _ -> 112;
            case DecimalValue _ -> 160;
            case ArrayValue(var items) -> {
                long sum = 64;
                for (var item : items) {
                    sum += 8 + of(item);
                }
                yield sum;
            }
            case ObjectValue(var fields) -> {
                long sum = 96;
                for (var field : fields.entrySet()) {
                    sum += 96 + 2L * field.getKey().length() + of(field.getValue());
                }
                yield sum;
            }
            default -> 24;
        };
    }
}

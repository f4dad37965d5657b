package io.spanlake.query.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.TreeMap;

/** Of values that are the same the one form whose {@code equals} and {@code hashCode} say so: 1 and 1.0, objects in any order. */
public final class Canonical {
    private Canonical() {}

    public static Value of(Value value) {
        return switch (value) {
            case NullValue n -> n;
            case BooleanValue b -> b;
            case LongValue l -> l;
            case TextValue t -> t;
            case DecimalValue number -> ofDecimal(number.decimal());
            case TimeValue time -> TimeValue.of(time.instant());
            case IntervalValue i -> i;
            case ArrayValue(var items) -> {
                var all = new ArrayList<Value>(items.size());
                for (var item : items) {
                    all.add(of(item));
                }
                yield new ArrayValue(all);
            }
            case ObjectValue(var fields) -> {
                var all = new TreeMap<String, Value>(CodePoints::compare);
                fields.forEach((key, item) -> all.put(key, of(item)));
                yield new ObjectValue(all);
            }
        };
    }

    private static Value ofDecimal(BigDecimal decimal) {
        var number = NumberValue.of(decimal);
        return number instanceof LongValue ? number : DecimalValue.of(decimal.stripTrailingZeros());
    }
}

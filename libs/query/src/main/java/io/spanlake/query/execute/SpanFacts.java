package io.spanlake.query.execute;

import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a summary needs of one span.
 *
 * @param judge   whether it is a scorer's work by itself
 * @param metrics numbers only
 * @param cost    in USD, where its tokens have a price
 */
record SpanFacts(
        RowOrder order,
        String spanId,
        List<String> parents,
        String type,
        boolean judge,
        boolean error,
        Map<String, Double> metrics,
        Map<String, Double> scores,
        OptionalDouble cost) {

    static SpanFacts of(Tuple span, Value cost) {
        var row = span.row();
        var attributes = object(row.field("span_attributes"));
        return new SpanFacts(
                span.order(),
                text(row.field("span_id")),
                row.field("span_parents") instanceof ArrayValue(var items)
                        ? items.stream().map(SpanFacts::text).toList()
                        : List.of(),
                text(attributes.get("type")),
                text(attributes.get("purpose")).equals("scorer"),
                !row.field("error").isNull(),
                numbers(row.field("metrics")),
                numbers(row.field("scores")),
                cost instanceof NumberValue number ? OptionalDouble.of(number.asDouble()) : OptionalDouble.empty());
    }

    OptionalDouble metric(String name) {
        var number = metrics.get(name);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    long bytes() {
        return 256 + 96L * (metrics.size() + scores.size());
    }

    private static ObjectValue object(Value value) {
        return value instanceof ObjectValue object ? object : ObjectValue.EMPTY;
    }

    private static String text(Value value) {
        return value instanceof TextValue(var text) ? text : "";
    }

    private static Map<String, Double> numbers(Value value) {
        var numbers = new HashMap<String, Double>();
        object(value).fields().forEach((name, field) -> {
            if (field instanceof NumberValue number) {
                numbers.put(name, number.asDouble());
            }
        });
        return numbers;
    }
}

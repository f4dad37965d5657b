package io.spanlake.query.value;

import java.util.List;

/** Ways into a value. What is not there is null, as is what is asked of a value of another type. */
public final class Paths {
    /** One step: into an object by key, or into an array by index, from the end where negative. */
    public sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    private Paths() {}

    /** Where no nested object leads on, the longest key with dots is tried: {@code a.b.c} finds {@code {"a.b": {"c": 1}}}. */
    public static Value at(Value value, List<Step> steps, int from) {
        var now = value;
        for (int i = from; i < steps.size(); i++) {
            if (now.isNull()) {
                return NullValue.NULL;
            }
            if (now instanceof ObjectValue object
                    && steps.get(i) instanceof Step.Key(var name)
                    && i + 1 < steps.size()
                    && object.get(name).isNull()) {
                return dotted(object, steps, i);
            }
            now = step(now, steps.get(i));
        }
        return now;
    }

    private static Value dotted(ObjectValue object, List<Step> steps, int from) {
        int keys = from;
        while (keys < steps.size() && steps.get(keys) instanceof Step.Key) {
            keys++;
        }
        for (int next = keys; next > from + 1; next--) {
            var name = new StringBuilder();
            for (int i = from; i < next; i++) {
                if (steps.get(i) instanceof Step.Key(var part)) {
                    name.append(i == from ? "" : ".").append(part);
                }
            }
            var found = object.get(name.toString());
            if (!found.isNull()) {
                return at(found, steps, next);
            }
        }
        return NullValue.NULL;
    }

    public static Value step(Value value, Step step) {
        return switch (step) {
            case Step.Key(var name) -> value instanceof ObjectValue object ? object.get(name) : NullValue.NULL;
            case Step.Index(var index) -> value instanceof ArrayValue(var items) ? item(items, index) : NullValue.NULL;
        };
    }

    private static Value item(List<Value> items, int index) {
        int at = index < 0 ? items.size() + index : index;
        return at >= 0 && at < items.size() ? items.get(at) : NullValue.NULL;
    }
}

package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.query.value.Paths.Step;
import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in JSON, found as queries find it: where no nested object leads on, the longest key with dots is
 * tried. Gives the bytes as they were sent. Pure.
 */
public final class JsonPlaces {
    private JsonPlaces() {}

    /** Empty where nothing is there, or null. */
    public static Optional<ByteSlice> at(ByteSlice json, List<Step> steps) {
        var now = json;
        for (int i = 0; i < steps.size(); i++) {
            var found = step(now, steps.get(i));
            if (found.isEmpty()) {
                return i + 1 < steps.size() && isObject(now) ? dotted(now, steps.subList(i, steps.size())) : found;
            }
            now = found.get();
        }
        return Optional.of(now);
    }

    private static Optional<ByteSlice> step(ByteSlice json, Step step) {
        var found = switch (step) {
            case Step.Key(var name) ->
                isObject(json) ? JsonObjectFields.valueOf(json, name) : Optional.<ByteSlice>empty();
            case Step.Index(var index) -> json.at(0) == '[' ? item(json, index) : Optional.<ByteSlice>empty();
        };
        return found.filter(value -> value.at(0) != 'n');
    }

    private static Optional<ByteSlice> item(ByteSlice array, int index) {
        var items = JsonArrayItems.of(array);
        int at = index < 0 ? items.size() + index : index;
        return at >= 0 && at < items.size() ? Optional.of(items.get(at)) : Optional.empty();
    }

    private static Optional<ByteSlice> dotted(ByteSlice object, List<Step> steps) {
        int keys = 0;
        while (keys < steps.size() && steps.get(keys) instanceof Step.Key) {
            keys++;
        }
        for (int next = keys; next > 1; next--) {
            var name = new StringBuilder();
            for (var step : steps.subList(0, next)) {
                name.append(name.isEmpty() ? "" : ".").append(((Step.Key) step).name());
            }
            var found = step(object, new Step.Key(name.toString()));
            if (found.isPresent()) {
                return at(found.get(), steps.subList(next, steps.size()));
            }
        }
        return Optional.empty();
    }

    private static boolean isObject(ByteSlice json) {
        return json.at(0) == '{';
    }
}

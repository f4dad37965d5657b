package io.spanlake.query.function;

import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What tokens cost, by model. As JSON: {@code {"models": {"gpt-4o": {"input": 2.5, "cached_input": 1.25, "output": 10}}}}, in USD a
 * million tokens; {@code cache_write} and {@code cache_write_1h} where writing to a cache has a price of its own. A model is found by
 * its name, or by the longest name that it begins with up to a {@code - @ :} or {@code /}; what stands before a slash is passed over.
 */
public final class PriceTable {
    private static final String DEFAULTS = "/io/spanlake/query/prices.json";

    private final Map<String, ModelPrice> prices;

    private PriceTable(Map<String, ModelPrice> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** The table that comes with the code. */
    public static PriceTable defaults() {
        try (var in = PriceTable.class.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + DEFAULTS);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException where it is no price table; names the model */
    public static PriceTable parse(String json) {
        if (!(JsonValues.parse(json).orElse(ObjectValue.EMPTY) instanceof ObjectValue table)
                || !(table.get("models") instanceof ObjectValue(var models))) {
            throw new IllegalArgumentException("a price table is a JSON object with an object \"models\"");
        }
        var prices = new HashMap<String, ModelPrice>();
        models.forEach((model, price) -> prices.put(model.toLowerCase(Locale.ROOT), price(model, price)));
        return new PriceTable(prices);
    }

    /** With the prices of the other one before its own. */
    public PriceTable with(PriceTable other) {
        var all = new HashMap<>(prices);
        all.putAll(other.prices);
        return new PriceTable(all);
    }

    private static ModelPrice price(String model, Value json) {
        if (!(json instanceof ObjectValue price)
                || !(price.get("input") instanceof NumberValue in)
                || !(price.get("output") instanceof NumberValue out)) {
            throw new IllegalArgumentException("the price of %s has no numbers input and output".formatted(model));
        }
        double input = in.asDouble();
        double write = number(price, "cache_write").orElse(input);
        return new ModelPrice(
                input,
                number(price, "cached_input").orElse(input),
                write,
                number(price, "cache_write_1h").orElse(write),
                out.asDouble());
    }

    private static OptionalDouble number(ObjectValue object, String key) {
        return object.get(key) instanceof NumberValue number
                ? OptionalDouble.of(number.asDouble())
                : OptionalDouble.empty();
    }

    /** Empty where the model has no price. */
    public Optional<ModelPrice> of(String model) {
        return priceOf(model.toLowerCase(Locale.ROOT));
    }

    private Optional<ModelPrice> priceOf(String model) {
        var name = model;
        while (true) {
            var found = byBeginning(name);
            int cut = Math.max(name.indexOf('/'), name.startsWith("anthropic.") ? "anthropic".length() : -1);
            if (found.isPresent() || cut < 0) {
                return found;
            }
            name = name.substring(cut + 1);
        }
    }

    private Optional<ModelPrice> byBeginning(String name) {
        for (int end = name.length(); end > 0; end--) {
            if (end == name.length() || "-@:/".indexOf(name.charAt(end)) >= 0) {
                var price = prices.get(name.substring(0, end));
                if (price != null) {
                    return Optional.of(price);
                }
            }
        }
        return Optional.empty();
    }
}

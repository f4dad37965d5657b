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
    private static final double MILLION = 1e6;

    private record Price(double input, double cached, double write, double writeLong, double output) {}

    private final Map<String, Price> prices;

    private PriceTable(Map<String, Price> prices) {
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
        var prices = new HashMap<String, Price>();
        models.forEach((model, price) -> prices.put(model.toLowerCase(Locale.ROOT), price(model, price)));
        return new PriceTable(prices);
    }

    /** With the prices of the other one before its own. */
    public PriceTable with(PriceTable other) {
        var all = new HashMap<>(prices);
        all.putAll(other.prices);
        return new PriceTable(all);
    }

    private static Price price(String model, Value json) {
        if (!(json instanceof ObjectValue price)
                || !(price.get("input") instanceof NumberValue in)
                || !(price.get("output") instanceof NumberValue out)) {
            throw new IllegalArgumentException("the price of %s has no numbers input and output".formatted(model));
        }
        double input = in.asDouble();
        double write = number(price, "cache_write").orElse(input);
        return new Price(
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

    /** In USD; empty where the model has no price or the span no tokens. Cached tokens are part of the prompt's. */
    public OptionalDouble cost(String model, ObjectValue metrics) {
        var price = priceOf(model.toLowerCase(Locale.ROOT));
        var prompt = number(metrics, "prompt_tokens");
        var completion = number(metrics, "completion_tokens");
        if (price.isEmpty() || (prompt.isEmpty() && completion.isEmpty())) {
            return OptionalDouble.empty();
        }
        double cached = number(metrics, "prompt_cached_tokens").orElse(0);
        double longWrites = number(metrics, "prompt_cache_creation_1h_tokens").orElse(0);
        double shortWrites = number(metrics, "prompt_cache_creation_5m_tokens").orElse(0);
        double writes = number(metrics, "prompt_cache_creation_tokens").orElse(shortWrites + longWrites);
        double plain = Math.max(0, prompt.orElse(0) - cached - writes);
        var of = price.get();
        double total = plain * of.input
                + cached * of.cached
                + Math.max(0, writes - longWrites) * of.write
                + longWrites * of.writeLong
                + completion.orElse(0) * of.output;
        return OptionalDouble.of(total / MILLION);
    }

    private Optional<Price> priceOf(String model) {
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

    private Optional<Price> byBeginning(String name) {
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

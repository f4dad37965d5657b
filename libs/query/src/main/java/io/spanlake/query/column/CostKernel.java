package io.spanlake.query.column;

import io.spanlake.query.function.ModelPrice;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What spans cost; the price of each model is looked up once. Not thread-safe. */
final class CostKernel implements Kernel {
    private final Kernel stored;
    private final Kernel model;
    private final List<Kernel> tokens;
    private final Function<String, Optional<ModelPrice>> prices;
    private final Map<String, Optional<ModelPrice>> known = new HashMap<>();
    private final double[] counts;

    /** @param tokens in the order of {@link ModelPrice#TOKENS} */
    CostKernel(Kernel stored, Kernel model, List<Kernel> tokens, Function<String, Optional<ModelPrice>> prices) {
        this.stored = stored;
        this.model = model;
        this.tokens = tokens;
        this.prices = prices;
        this.counts = new double[tokens.size()];
    }

    @Override
    public Value value(int row) {
        if (!stored.isNull(row) && stored.value(row) instanceof NumberValue sent) {
            return sent;
        }
        if (!(model.value(row) instanceof TextValue(var name))) {
            return NullValue.NULL;
        }
        var price = known.computeIfAbsent(name, prices);
        if (price.isEmpty()) {
            return NullValue.NULL;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(tokens.get(i), row);
        }
        return NumberValue.of(price.get().cost(counts));
    }

    private static double count(Kernel of, int row) {
        if (of.isNull(row)) {
            return ModelPrice.NONE;
        }
        if (of instanceof Kernel.Fixed whole && whole.scale() == 0) {
            return whole.units(row);
        }
        return of.value(row) instanceof NumberValue number ? number.asDouble() : ModelPrice.NONE;
    }
}

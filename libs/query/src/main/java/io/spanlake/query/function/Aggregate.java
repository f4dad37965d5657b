package io.spanlake.query.function;

import io.spanlake.query.value.ValueType;
import java.util.function.Supplier;

/**
 * A function over the rows of a group. Results do not depend on the order in which rows come.
 *
 * @param accumulators each call gives one for one group
 */
public record Aggregate(
        String name, int argumentsMin, int argumentsMax, ValueType type, Supplier<Accumulator> accumulators) {}

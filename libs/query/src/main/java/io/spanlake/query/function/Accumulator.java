package io.spanlake.query.function;

import io.spanlake.query.value.Value;
import java.util.List;

/** Takes the rows of one group. Not thread-safe. */
public interface Accumulator {
    /**
     * @param arguments of one row
     * @param order     of the row: where rows are told apart by order, the smallest is the first that was written
     * @throws IllegalArgumentException where an argument does not fit
     */
    void add(List<Value> arguments, Comparable<?> order);

    /** One that takes numbers without a value being made of each. */
    interface OfNumbers extends Accumulator {
        /** As {@link #add} with this number and the arguments that were set. */
        void add(long units, int scale);

        /** @param others arguments behind the first, the same for all rows */
        default void set(List<Value> others) {}
    }

    /** One that only asks how many rows have a value. */
    interface OfRows extends Accumulator {
        void addRows(long count);
    }

    Value result();

    /** About how much heap it holds beyond a few hundred bytes. */
    default long bytes() {
        return 0;
    }

    /** Whether the result is an estimate. */
    default boolean approximate() {
        return false;
    }
}

package io.spanlake.query.column;

import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;

/** A scalar of the rows of one part, by ordinal. Not thread-safe. */
public interface Kernel {
    Value value(int row);

    default boolean isNull(int row) {
        return value(row).isNull();
    }

    /** A number as a multiple of a power of ten, as {@link ColumnVector.Fixed} has them. */
    interface Fixed extends Kernel {
        long NULL = ColumnVector.Fixed.NULL;

        /** {@link #NULL} where there is none. */
        long units(int row);

        int scale();

        /** No number of units is larger, whatever its sign. */
        long most();

        @Override
        default boolean isNull(int row) {
            return units(row) == NULL;
        }

        @Override
        default Value value(int row) {
            long units = units(row);
            return units == NULL ? NullValue.NULL : ColumnVector.Fixed.number(units, scale());
        }
    }
}

package io.spanlake.query.column;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.NumberValue;
import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/** Makes a vector of what is computed of others. */
public final class ComputedNumbers {
    private ComputedNumbers() {}

    /**
     * What the scalar comes to in these rows, where it is a number. Left out are rows where it is something else or a fault, which
     * counts only where the row is wanted, and those of which a vector that it names says nothing.
     *
     * @param rows at least one
     */
    public static ColumnVector of(Scalar scalar, Kernels kernels, RoaringBitmap rows) {
        var leftOut = kernels.leftOut(scalar);
        var kernel = kernels.of(scalar);
        return kernel instanceof Kernel.Fixed fixed
                ? exact(fixed, rows, leftOut)
                : doubles(kernel, RoaringBitmap.andNot(rows, leftOut), rows.last() + 1, leftOut);
    }

    private static ColumnVector exact(Kernel.Fixed kernel, RoaringBitmap rows, RoaringBitmap leftOut) {
        var units = new long[rows.last() + 1];
        Arrays.fill(units, Kernel.Fixed.NULL);
        var each = rows.getIntIterator();
        while (each.hasNext()) {
            int row = each.next();
            AbandonedException.checkAt(row);
            try {
                units[row] = kernel.units(row);
            } catch (QueryFaultException e) {
                leftOut.add(row);
            }
        }
        return ColumnVector.Fixed.of(units, kernel.scale(), leftOut);
    }

    private static ColumnVector doubles(Kernel kernel, RoaringBitmap rows, int length, RoaringBitmap leftOut) {
        var numbers = new double[length];
        Arrays.fill(numbers, Double.NaN);
        var each = rows.getIntIterator();
        while (each.hasNext()) {
            int row = each.next();
            AbandonedException.checkAt(row);
            try {
                var value = kernel.value(row);
                if (value instanceof NumberValue number && isDouble(number)) {
                    numbers[row] = number.asDouble();
                } else if (!value.isNull()) {
                    leftOut.add(row);
                }
            } catch (QueryFaultException e) {
                leftOut.add(row);
            }
        }
        return new ColumnVector.Doubles(numbers, leftOut);
    }

    private static boolean isDouble(NumberValue number) {
        double nearest = number.asDouble();
        return Double.isFinite(nearest)
                && ColumnVector.Doubles.number(nearest).decimal().compareTo(number.decimal()) == 0;
    }
}

package io.spanlake.query.column;

import io.spanlake.model.AbandonedException;
import java.util.Optional;
import java.util.OptionalInt;
import org.roaringbitmap.RoaringBitmap;

/** Selected rows of one part, to be put in the order of a column's values with those of other parts. Not thread-safe. */
public final class KeyedPart {
    private static final int BATCH = BlockBounds.ROWS;

    private final ColumnVector vector;
    private final RoaringBitmap selected;
    private final RoaringBitmap rows;
    private final int place;

    private KeyedPart(ColumnVector vector, RoaringBitmap selected, int place) {
        this.vector = vector;
        this.selected = selected;
        this.rows = vector.leftOut().isEmpty() ? selected : RoaringBitmap.andNot(selected, vector.leftOut());
        this.place = place;
    }

    /**
     * Empty where the column has no order that those of other parts can be put into.
     *
     * @param place among the parts
     */
    public static Optional<KeyedPart> of(ColumnVector vector, RoaringBitmap selected, int place) {
        return switch (vector) {
            case ColumnVector.Times _, ColumnVector.Fixed _, ColumnVector.Doubles _, ColumnVector.Nothing _ ->
                Optional.of(new KeyedPart(vector, selected, place));
            case ColumnVector.Coded _, ColumnVector.Names _, ColumnVector.Presence _ -> Optional.empty();
        };
    }

    int place() {
        return place;
    }

    ColumnVector vector() {
        return vector;
    }

    /** Selected rows of which the column says nothing. */
    public RoaringBitmap leftOut() {
        return RoaringBitmap.and(selected, vector.leftOut());
    }

    /** Selected rows without a value. */
    public RoaringBitmap withoutKey() {
        var without = new RoaringBitmap();
        var each = rows.getIntIterator();
        while (each.hasNext()) {
            int row = each.next();
            AbandonedException.checkAt(row);
            if (vector.isNull(row)) {
                without.add(row);
            }
        }
        return without;
    }

    /** Decimals that its numbers have; empty where they are not told by decimals. */
    OptionalInt scale() {
        return switch (vector) {
            case ColumnVector.Fixed fixed -> OptionalInt.of(fixed.scale());
            case ColumnVector.Doubles _ -> OptionalInt.empty();
            default -> OptionalInt.of(0);
        };
    }

    /** Whether all numbers of it can be told with so many decimals. */
    boolean fits(int scale) {
        return !(vector instanceof ColumnVector.Fixed fixed)
                || fixed.most() < Long.MAX_VALUE / 2 / FixedKernels.power(scale - fixed.scale());
    }

    /** @param scale of all parts; empty where they are compared as doubles */
    OrderKeys keys(OptionalInt scale) {
        return switch (vector) {
            case ColumnVector.Times times -> new OrderKeys.Whole(times.micros(), times.bounds(), 1);
            case ColumnVector.Fixed fixed
            when scale.isPresent() ->
                new OrderKeys.Whole(
                        fixed.units(), fixed.bounds(), FixedKernels.power(scale.getAsInt() - fixed.scale()));
            case ColumnVector.Fixed fixed -> new OrderKeys.Nearest(fixed.units(), fixed.bounds(), fixed.scale());
            case ColumnVector.Doubles doubles -> OrderKeys.ofDoubles(doubles.numbers());
            default -> OrderKeys.Whole.NOTHING;
        };
    }

    /** Selected rows of the block; how many. */
    int rowsOf(int block, int[] target, int partRows) {
        int first = block * BATCH;
        long next = Math.min(first + BATCH, partRows);
        if (rows.getLongCardinality() == partRows) {
            for (int row = first; row < next; row++) {
                target[row - first] = row;
            }
            return (int) next - first;
        }
        int count = 0;
        var each = rows.getIntIterator();
        each.advanceIfNeeded(first);
        while (each.hasNext() && each.peekNext() < next) {
            target[count++] = each.next();
        }
        return count;
    }
}

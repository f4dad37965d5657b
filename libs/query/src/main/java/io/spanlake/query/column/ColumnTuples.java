package io.spanlake.query.column;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Rows of a part one by one, with nothing but what vectors have of them. For one thread at a time. */
public final class ColumnTuples implements Iterator<Tuple> {
    private final Kernels kernels;
    private final Optional<Kernels.Test> test;
    private final IntIterator rows;
    private @Nullable Tuple next;

    /** @param rest what rows have to fulfil */
    public ColumnTuples(Kernels kernels, RoaringBitmap rows, Optional<Scalar> rest) {
        this.kernels = kernels;
        this.test = rest.map(kernels::test);
        this.rows = rows.getIntIterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            int row = rows.next();
            AbandonedException.checkAt(row);
            if (test.isEmpty() || test.get().holds(row)) {
                next = Tuple.of(kernels.document(row), RowOrder.FIRST);
            }
        }
        return next != null;
    }

    @Override
    public Tuple next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var tuple = next;
        next = null;
        return tuple;
    }
}

package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.column.ColumnNeeds;
import io.spanlake.query.column.Faultless;
import io.spanlake.query.column.Kernels;
import io.spanlake.query.plan.Scalar;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Mono;

/**
 * What columns of a part say of a condition. For one thread at a time.
 *
 * @param leftOut of these rows they say nothing
 * @param isWhole whether rows that pass meet the condition; else they may
 */
record ColumnTest(Kernels.Test test, RoaringBitmap leftOut, boolean isWhole) {
    private static final int BATCH = 4_096;

    /** Empty where columns have nothing of what is asked. */
    static Mono<Optional<ColumnTest>> of(QueryRun run, PartLayer part, Scalar condition) {
        // Whether a row is a fault depends on all of them.
        if (!Faultless.isMet(condition)) {
            return Mono.just(Optional.empty());
        }
        var all = condition instanceof Scalar.And(var operands) ? operands : List.of(condition);
        var known = all.stream().filter(ColumnTest::isOfColumns).toList();
        if (known.isEmpty()) {
            return Mono.just(Optional.empty());
        }
        var asked = known.size() == 1 ? known.getFirst() : new Scalar.And(known);
        return ColumnNeeds.of(known, List.of())
                .map(paths -> PartColumns.of(part, paths))
                .orElseGet(() -> Mono.just(Optional.empty()))
                .map(found -> found.map(vectors -> {
                    var kernels = new Kernels(vectors, run.evaluator());
                    return new ColumnTest(kernels.test(asked), kernels.leftOut(asked), known.size() == all.size());
                }));
    }

    private static boolean isOfColumns(Scalar condition) {
        return ColumnNeeds.of(List.of(condition), List.of())
                .filter(paths -> !paths.isEmpty())
                .isPresent();
    }

    /** Whether the row may meet the condition. */
    boolean admits(int row) {
        return leftOut.contains(row) || test.holds(row);
    }

    /** Those of the rows that may meet the condition. */
    RoaringBitmap admitted(RoaringBitmap rows) {
        var admitted = new RoaringBitmap();
        var batches = rows.getBatchIterator();
        var batch = new int[BATCH];
        while (batches.hasNext()) {
            AbandonedException.check();
            int count = batches.nextBatch(batch);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (admits(batch[i])) {
                    batch[kept++] = batch[i];
                }
            }
            admitted.addN(batch, 0, kept);
        }
        return admitted;
    }

    /** Those of the rows, which are admitted, that are sure to meet the condition. */
    RoaringBitmap sure(RoaringBitmap rows) {
        return isWhole ? RoaringBitmap.andNot(rows, leftOut) : new RoaringBitmap();
    }
}

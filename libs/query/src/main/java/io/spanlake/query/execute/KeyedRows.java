package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;

/**
 * Rows of which a sort needs nothing but what names them and its first key, which a column has: they are not read. The key is what
 * the row says, not how it was written, so nothing else may show it.
 *
 * @param path of the first key
 */
record KeyedRows(QueryRun run, List<Step> path) {
    /** Empty where the sort needs more of its rows. */
    static Optional<KeyedRows> of(QueryRun run, Plan.Sort sort, List<Step> path) {
        boolean keysSuffice = RowKeys.suffice(sort.shown())
                && sort.keys().stream()
                        .skip(1)
                        .allMatch(key -> RowKeys.FIELDS.containsAll(ScalarTree.fields(key.value())));
        return keysSuffice ? Optional.of(new KeyedRows(run, path)) : Optional.empty();
    }

    /** @param rows of which the column says all */
    Flux<Tuple> rows(RowView view, PartLayer part, RoaringBitmap rows, ColumnVector keys) {
        if (rows.isEmpty()) {
            return Flux.empty();
        }
        return Flux.defer(() -> {
            var ordinals = rows.getIntIterator();
            return run.tuples(view, part.keys(rows.toArray())).map(tuple -> keyed(tuple, keys.value(ordinals.next())));
        });
    }

    private Tuple keyed(Tuple tuple, Value key) {
        var row = tuple.row().whole();
        return Tuple.of(new ObjectDocument(key.isNull() ? row : with(row, 0, key)), tuple.order());
    }

    private ObjectValue with(ObjectValue object, int from, Value key) {
        var name = ((Step.Key) path.get(from)).name();
        var value = from + 1 == path.size() ? key : with(ObjectValue.EMPTY, from + 1, key);
        return object.with(name, value);
    }
}

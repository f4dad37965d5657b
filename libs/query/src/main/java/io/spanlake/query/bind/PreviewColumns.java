package io.spanlake.query.bind;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Scalar;
import java.util.Set;

/** Which columns are cut to a preview: the large fields of a row. */
final class PreviewColumns {
    private static final Set<String> CUT = Set.of("input", "output", "expected", "error", "metadata");

    private PreviewColumns() {}

    static OutputColumn cut(OutputColumn column, long length) {
        if (!(column.value() instanceof Scalar.Field field) || !CUT.contains(field.top())) {
            return column;
        }
        boolean byLeaf = field.top().equals("metadata");
        int chars = Math.toIntExact(Math.min(length, 1 << 30));
        return new OutputColumn(column.name(), new Scalar.Preview(field, chars, byLeaf), column.type());
    }
}

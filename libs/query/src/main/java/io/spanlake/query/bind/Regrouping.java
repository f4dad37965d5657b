package io.spanlake.query.bind;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Written;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import java.util.List;

/** Rewrites what is computed of a group to the group's columns: keys, then measures. */
final class Regrouping {
    private final List<Scalar> keys;

    Regrouping(List<Scalar> keys) {
        this.keys = keys;
    }

    /** @param shown the expression as it was written, for a fault */
    Scalar of(Scalar scalar, String shown, Place place) {
        int key = keys.indexOf(scalar);
        if (key >= 0) {
            return new Scalar.Column(key, scalar.type());
        }
        return switch (scalar) {
            case Scalar.Column column
            when column.index() >= MeasureBinder.FIRST ->
                new Scalar.Column(keys.size() + column.index() - MeasureBinder.FIRST, column.type());
            case Scalar.Field field -> throw ungrouped(Written.path(field.steps()), shown, place);
            case Scalar.Column ignored -> throw ungrouped(shown, shown, place);
            default -> ScalarTree.map(scalar, operand -> of(operand, shown, place));
        };
    }

    private static RuntimeException ungrouped(String field, String shown, Place place) {
        return BindFault.of("%s in %s is neither grouped nor aggregated".formatted(field, shown), place)
                .withHint("add it to GROUP BY (dimensions), or use any_value(%s)".formatted(field))
                .exception();
    }
}

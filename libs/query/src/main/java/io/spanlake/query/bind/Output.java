package io.spanlake.query.bind;

import io.spanlake.query.bind.ExprBinder.Mode;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of an answer.
 *
 * @param items   as positions count them
 * @param open    whether all other fields of a row come too
 * @param hasStar whether one of the items is {@code *}
 */
record Output(List<Item> items, List<OutputColumn> columns, boolean open, boolean hasStar) {
    static Output of(List<Item> items, Dialect dialect, Scope scope, ExprBinder binder, ExtraColumns extras) {
        var names = new OutputNames(dialect);
        var columns = new ArrayList<OutputColumn>();
        boolean hasStar = items.isEmpty();
        boolean open = items.isEmpty() && scope.schema().open();
        if (items.isEmpty()) {
            columns.addAll(all(new Expr.Star(List.of(), Map.of(), Place.NONE), scope, binder));
            names.take(columns.stream().map(OutputColumn::name).toList());
        }
        for (var item : items) {
            if (item.value() instanceof Expr.Star star) {
                hasStar = true;
                open |= scope.schema().open() && star.except().isEmpty();
                var all = all(star, scope, binder);
                names.take(all.stream().map(OutputColumn::name).toList());
                columns.addAll(all);
            } else {
                var value = binder.bind(item.value(), Mode.OUTPUT);
                columns.add(new OutputColumn(names.of(item), value, value.type()));
            }
        }
        if (hasStar) {
            extras.replaceIn(columns, binder);
        }
        return new Output(List.copyOf(items), columns, open, hasStar);
    }

    private static List<OutputColumn> all(Expr.Star star, Scope scope, ExprBinder binder) {
        for (var name : star.except()) {
            if (!scope.schema().has(name)) {
                throw scope.unknown(new Expr.Name(List.of(new Step.Key(name)), star.place()))
                        .exception();
            }
        }
        var columns = new ArrayList<OutputColumn>();
        scope.schema().fields().forEach((name, type) -> {
            if (star.except().contains(name)) {
                return;
            }
            var replaced = star.replace().get(name);
            var value = replaced == null
                    ? new Scalar.Field(List.of(new Step.Key(name)), type)
                    : binder.bind(replaced, Mode.OUTPUT);
            columns.add(new OutputColumn(name, value, value.type()));
        });
        return columns;
    }
}

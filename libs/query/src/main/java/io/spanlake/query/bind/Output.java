package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            columns.addAll(all(new Expr.Star(Optional.empty(), List.of(), Map.of(), Place.NONE), scope, binder));
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
        return new Output(items.isEmpty() ? named(columns) : List.copyOf(items), columns, open, hasStar);
    }

    /** What positions count where everything is selected. */
    private static List<Item> named(List<OutputColumn> columns) {
        return columns.stream()
                .map(column -> new Item(
                        new Expr.Name(List.of(new Step.Key(column.name())), Place.NONE),
                        Optional.empty(),
                        column.name()))
                .toList();
    }

    private static List<OutputColumn> all(Expr.Star star, Scope scope, ExprBinder binder) {
        var schema = scope.schema();
        for (var name : star.except()) {
            if (!schema.has(name) && schema.sidesWith(name).isEmpty()) {
                throw scope.unknown(new Expr.Name(List.of(new Step.Key(name)), star.place()))
                        .exception();
            }
        }
        return schema.sides().isEmpty() ? ofRow(star, schema, binder) : ofSides(star, scope);
    }

    private static List<OutputColumn> ofRow(Expr.Star star, Schema schema, ExprBinder binder) {
        var columns = new ArrayList<OutputColumn>();
        schema.fields().forEach((name, type) -> {
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

    /** Of rows side by side each field, by its name where only one of them has it, else {@code side.name}. */
    private static List<OutputColumn> ofSides(Expr.Star star, Scope scope) {
        var table = star.table();
        if (table.isPresent() && !scope.schema().sides().containsKey(table.get())) {
            throw BindFault.of("no source is called " + table.get(), star.place())
                    .withHint(Nearest.hint(table.get(), scope.schema().sides().keySet()))
                    .exception();
        }
        var columns = new ArrayList<OutputColumn>();
        for (var label : scope.schema().fields().keySet()) {
            var side = scope.schema().sides().get(label);
            if (side == null || table.filter(name -> !name.equals(label)).isPresent()) {
                continue;
            }
            side.fields().forEach((name, type) -> {
                if (!star.except().contains(name)) {
                    boolean alone =
                            table.isPresent() || scope.schema().sidesWith(name).size() == 1;
                    var value = new Scalar.Field(List.of(new Step.Key(label), new Step.Key(name)), type);
                    columns.add(new OutputColumn(alone ? name : label + "." + name, value, type));
                }
            });
        }
        return columns;
    }
}

package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Named;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import java.util.ArrayList;
import java.util.List;

/** One grouping key becomes columns; the others stay, and a row is what they have in common. */
final class Pivoting {
    private final Scalar column;
    private final List<Named> measures = new ArrayList<>();
    private final List<Named> keys = new ArrayList<>();

    /** @param columns of the grouped query */
    Pivoting(Query query, ExprBinder binder, Regrouping regrouping, List<OutputColumn> columns) {
        var pivot = query.pivot().orElseThrow();
        var written = pivot.column().orElseGet(() -> {
            if (query.dimensions().isEmpty()) {
                throw BindFault.of("pivot needs a dimension to make columns of", pivot.place())
                        .exception();
            }
            return query.dimensions().getLast().value();
        });
        this.column = regrouping.of(binder.bind(written, Mode.KEY), "the pivot column", pivot.place());
        if (!(column instanceof Scalar.Column)) {
            throw BindFault.of("the pivot column is not one of the grouping keys", pivot.place())
                    .exception();
        }
        for (var item : pivot.measures()) {
            int before = binder.measures().size();
            var bound = binder.bind(item.value(), Mode.HAVING);
            if (binder.measures().size() > before) {
                throw BindFault.of(
                                "the pivot's %s is not one of the selected aggregates".formatted(item.text()),
                                pivot.place())
                        .exception();
            }
            var value = regrouping.of(bound, item.text(), pivot.place());
            measures.add(new Named(item.alias().orElseGet(() -> nameOf(value, columns, item.text())), value));
        }
        for (var output : columns) {
            boolean measured =
                    measures.stream().anyMatch(measure -> measure.value().equals(output.value()));
            if (!output.value().equals(column) && !measured) {
                keys.add(new Named(output.name(), output.value()));
            }
        }
    }

    private static String nameOf(Scalar value, List<OutputColumn> columns, String text) {
        return columns.stream()
                .filter(output -> output.value().equals(value))
                .map(OutputColumn::name)
                .findFirst()
                .orElse(text);
    }

    Plan plan(Plan grouped) {
        return new Plan.Pivot(grouped, keys, column, measures);
    }

    /** Those that are known before the rows; the others are made of values. */
    List<OutputColumn> columns() {
        return keys.stream()
                .map(key -> new OutputColumn(
                        key.name(), field(key.name(), key.value()), key.value().type()))
                .toList();
    }

    private static Scalar field(String name, Scalar value) {
        return new Scalar.Field(List.of(new Step.Key(name)), value.type());
    }

    /** By keys that stay: what became a column has no order among rows. */
    List<SortKey> sort(List<SortKey> sort) {
        var kept = new ArrayList<SortKey>();
        for (var key : sort) {
            keys.stream()
                    .filter(named -> named.value().equals(key.value()))
                    .findFirst()
                    .ifPresent(named -> kept.add(
                            new SortKey(field(named.name(), named.value()), key.descending(), key.nullsFirst())));
        }
        return kept;
    }
}

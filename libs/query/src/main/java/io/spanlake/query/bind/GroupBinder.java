package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.Written;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys and aggregates of a query, and what it computes of its groups. */
final class GroupBinder {
    private final Query query;
    private final ExprBinder binder;
    private final List<Scalar> keys = new ArrayList<>();
    private final Regrouping regrouping = new Regrouping(keys);

    /** @param items as positions count them */
    GroupBinder(Query query, ExprBinder binder, List<Item> items) {
        this.query = query;
        this.binder = binder;
        var written = new ArrayList<>(query.groupBy());
        query.dimensions().forEach(item -> written.add(item.value()));
        if (query.distinct()) {
            items.forEach(item -> written.add(item.value()));
        }
        for (var key : written) {
            var bound = binder.bind(Positions.resolved(key, items), Mode.KEY);
            if (!keys.contains(bound)) {
                keys.add(bound);
            }
        }
    }

    /** To be asked once all expressions that may have aggregates are bound. */
    boolean isGrouped() {
        return !keys.isEmpty() || !binder.measures().isEmpty();
    }

    Regrouping regrouping() {
        return regrouping;
    }

    Plan groups(Plan rows, Optional<Scalar> having) {
        var groups = new Plan.Group(rows, List.copyOf(keys), List.copyOf(binder.measures()));
        return having.<Plan>map(
                        filter -> new Plan.Filter(groups, regrouping.of(filter, "the final filter", query.place())))
                .orElse(groups);
    }

    List<SortKey> sort(List<SortKey> sort) {
        return sort.stream()
                .map(key -> new SortKey(
                        regrouping.of(key.value(), "the sort", query.place()), key.descending(), key.nullsFirst()))
                .toList();
    }

    List<OutputColumn> columns(Output output) {
        return (output.hasStar() ? keyColumns() : output.columns())
                .stream()
                        .map(column -> new OutputColumn(
                                column.name(),
                                regrouping.of(column.value(), column.name(), query.place()),
                                column.type()))
                        .toList();
    }

    private List<OutputColumn> keyColumns() {
        var columns = new ArrayList<OutputColumn>();
        for (int i = 0; i < keys.size(); i++) {
            var text = i < query.groupBy().size() ? Written.of(query.groupBy().get(i)) : "key_" + (i + 1);
            columns.add(new OutputColumn(text, keys.get(i), keys.get(i).type()));
        }
        return columns;
    }
}

package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** UNION, INTERSECT and EXCEPT: columns belong together by place and are called as the first query calls them, or by name. */
final class CombineBinder {
    private CombineBinder() {}

    static SourceBinder.Source of(Query.Source.Combined source, SubqueryBinder queries) {
        var left = queries.bind(source.left()).plan();
        var right = queries.bind(source.right()).plan();
        if (left.open() && left.columns().isEmpty()) {
            throw BindFault.of("the first query has no columns of its own", source.place())
                    .exception();
        }
        var types = source.byName() ? byName(left, right) : byPlace(left, right, source);
        var columns = List.copyOf(types.keySet());
        var plan = new Plan.Combine(source.kind(), source.all(), source.byName(), columns, left, right);
        return new SourceBinder.Source.Rows(plan, Schema.ofColumns(types, false), Optional.empty());
    }

    private static Map<String, ValueType> byPlace(Plan.Query left, Plan.Query right, Query.Source.Combined source) {
        if (left.columns().size() != right.columns().size()) {
            throw BindFault.of(
                            "%s of %d columns and %d"
                                    .formatted(
                                            source.kind(),
                                            left.columns().size(),
                                            right.columns().size()),
                            source.place())
                    .withHint("select as many on both sides, or write %s BY NAME".formatted(source.kind()))
                    .exception();
        }
        var types = new LinkedHashMap<String, ValueType>();
        for (int i = 0; i < left.columns().size(); i++) {
            var column = left.columns().get(i);
            types.put(column.name(), column.type().or(right.columns().get(i).type()));
        }
        return types;
    }

    private static Map<String, ValueType> byName(Plan.Query left, Plan.Query right) {
        var types = new LinkedHashMap<String, ValueType>();
        var all = new ArrayList<OutputColumn>(left.columns());
        all.addAll(right.columns());
        all.forEach(column -> types.merge(column.name(), column.type(), ValueType::or));
        return types;
    }
}

package io.spanlake.query.bind;

import io.spanlake.query.optimise.Optimiser;
import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes plans of syntax trees. Pure: what is read, and whether it may be, is decided when the plan runs. */
public final class Binder {
    private final BindSettings settings;

    public Binder(BindSettings settings) {
        this.settings = settings;
    }

    /** @throws io.spanlake.query.parse.QueryFaultException where something means nothing */
    public Plan.Query bind(Query query) {
        return Optimiser.optimised(bind(query, Map.of(), true).plan());
    }

    /** A query with what its columns are. */
    record Bound(Plan.Query plan, Schema schema) {}

    Bound bind(Query query, Map<String, Query> outer, boolean outermost) {
        var named = new LinkedHashMap<>(outer);
        named.putAll(query.withQueries());
        var whole = FinalGrouping.unfolded(query);
        var source = new SourceBinder(this, settings).bind(whole, named);
        SubqueryBinder queries = inner -> bind(inner, named, false);
        return new QueryBinder(settings, whole, source, queries, outermost).bind();
    }
}

package io.spanlake.query.bind;

import io.spanlake.query.function.QueryContext;
import io.spanlake.query.value.Value;
import java.util.Map;

/**
 * What a query is bound with.
 *
 * @param limitDefault rows a page where the query names no limit
 * @param limitMax     most rows a page
 * @param groupsMax    most groups of an answer
 * @param parameters   by name; those by position by their number from 1
 */
public record BindSettings(
        QueryContext context, long limitDefault, long limitMax, long groupsMax, Map<String, Value> parameters) {
    public static BindSettings of(QueryContext context) {
        return new BindSettings(context, 1_000, 1_000, 10_000, Map.of());
    }
}

package io.spanlake.query.execute;

import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.TextValue;

/** A trace of an object. */
record TraceKey(long object, String id) {
    /** A row without a trace is one of its own. */
    static TraceKey of(Tuple tuple) {
        var row = tuple.row();
        if (row.field("root_span_id") instanceof TextValue(var id)) {
            return new TraceKey(tuple.order().object(), id);
        }
        return new TraceKey(tuple.order().object(), row.field("id") instanceof TextValue(var id) ? "row " + id : "");
    }
}

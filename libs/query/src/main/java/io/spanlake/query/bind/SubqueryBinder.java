package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;

/** Binds a query that stands within another; it sees the named queries of that, not its rows. */
interface SubqueryBinder {
    Binder.Bound bind(Query query);
}

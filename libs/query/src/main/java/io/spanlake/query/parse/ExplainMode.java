package io.spanlake.query.parse;

/** Whether a client asks for a query's rows, or for how they are found. */
public enum ExplainMode {
    /** Rows. */
    NONE,
    /** The plan, and what the store would read. */
    PLAN,
    /** The plan, and what reading all rows took. */
    ANALYZE
}

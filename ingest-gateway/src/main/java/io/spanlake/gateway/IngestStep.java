package io.spanlake.gateway;

/** Points that a request passes, in this order. Between any two of them the process may die. */
public enum IngestStep {
    /** The body is in memory. */
    RECEIVED,
    /** All rows are found to be valid. */
    SPLIT,
    /** The caller may write, and every row has its id and its partition. */
    PLACED,
    /** The transaction is drawn; nothing has been sent. */
    DRAWN,
    /** All records are acknowledged; the client does not know it. */
    ACKNOWLEDGED
}

package io.spanlake.query.browse;

/** How many rows are meant, and in how many traces they lie. */
public record RowCounts(long rows, long traces) {}

package io.spanlake.query.tail;

/** @param traces a row without trace is a trace of its own */
public record TailCounts(long rows, long traces) {}

package io.spanlake.segments.place;

/** What one cut brings of a trace. */
public record TraceLoad(TraceKey trace, long rows, long bytes) {}

package io.spanlake.segments.place;

import java.time.Duration;

/**
 * How long a segment takes new traces; those that it has keep coming to it.
 *
 * @param traceBytes of a trace, from which on it has a segment of its own
 */
public record SegmentLimits(long bytes, long rows, Duration age, long traceBytes) {}

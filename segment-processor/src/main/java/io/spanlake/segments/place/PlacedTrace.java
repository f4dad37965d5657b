package io.spanlake.segments.place;

import java.util.UUID;

/**
 * Which segment a trace has.
 *
 * @param bytes that came of it, as far as is remembered
 * @param alone whether the segment is the trace's own
 */
public record PlacedTrace(UUID segment, long bytes, boolean alone) {}

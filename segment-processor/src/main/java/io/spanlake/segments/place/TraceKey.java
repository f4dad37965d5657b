package io.spanlake.segments.place;

import io.spanlake.model.ObjectRef;

/**
 * A trace of an object, as footers name it.
 *
 * @param traceHash {@code Placement.hash} of the trace id; of the row id where the row is a trace of its own
 */
public record TraceKey(ObjectRef object, long traceHash) {}

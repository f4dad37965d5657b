package io.spanlake.segments.place;

import io.spanlake.model.ObjectRef;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where the traces of one cut go. What is remembered changes only once the cut is committed.
 *
 * @param traces every trace of the cut
 * @param open   segments that take new traces after it, of the objects that were in it
 * @param closed segments that take no new trace from now on
 */
public record Placing(Map<TraceKey, PlacedTrace> traces, Map<ObjectRef, OpenSegment> open, Set<UUID> closed) {
    public Placing {
        traces = Map.copyOf(traces);
        open = Map.copyOf(open);
        closed = Set.copyOf(closed);
    }
}

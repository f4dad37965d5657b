package io.spanlake.segments.place;

import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is remembered of one partition's segments: a cache. Losing it costs that traces go on in another segment, which
 * changes no answer. Not thread-safe: belongs to its partition.
 */
public final class KnownSegments {
    private final Map<TraceKey, PlacedTrace> traces;
    private final Map<ObjectRef, OpenSegment> open = new HashMap<>();

    /** @param tracesMax the trace that was not seen for longest is forgotten */
    public KnownSegments(int tracesMax) {
        traces = new Remembered(tracesMax);
    }

    Optional<PlacedTrace> trace(TraceKey trace) {
        return Optional.ofNullable(traces.get(trace));
    }

    Optional<OpenSegment> open(ObjectRef object) {
        return Optional.ofNullable(open.get(object));
    }

    /** Open segments that are full or old. */
    List<UUID> notTakingMore(SegmentLimits limits, Instant now) {
        return open.values().stream()
                .filter(segment -> !segment.takesMore(limits, now))
                .map(OpenSegment::id)
                .toList();
    }

    /** A cut was committed. */
    public void remember(Placing placing) {
        traces.putAll(placing.traces());
        open.putAll(placing.open());
        open.values().removeIf(segment -> placing.closed().contains(segment.id()));
    }

    /** From a footer of a section that the partition wrote before, oldest section first. */
    public void recall(TraceKey trace, PlacedTrace placed) {
        traces.merge(trace, placed, KnownSegments::newer);
    }

    private static PlacedTrace newer(PlacedTrace before, PlacedTrace now) {
        return before.segment().equals(now.segment())
                ? new PlacedTrace(now.segment(), before.bytes() + now.bytes(), before.alone() || now.alone())
                : now;
    }

    /** As the catalog has it; one that was opened later takes its place. */
    public void recall(ObjectRef object, OpenSegment segment) {
        open.put(object, segment);
    }

    private static final class Remembered extends LinkedHashMap<TraceKey, PlacedTrace> {
        private static final long serialVersionUID = 1L;
        private final int max;

        Remembered(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<TraceKey, PlacedTrace> eldest) {
            return size() > max;
        }
    }
}

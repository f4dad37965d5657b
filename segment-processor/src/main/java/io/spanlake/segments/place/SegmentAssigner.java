package io.spanlake.segments.place;

import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which segment each trace of a cut goes to. Pure but for the names it is given; changes nothing that it is shown.
 *
 * <ol>
 *   <li>A trace that has a segment stays in it, be it open or not, until it passes {@code traceBytes}: then it gets one of
 *       its own, and stays there.
 *   <li>A new trace goes to the open segment of its object, where there is one that takes more.
 *   <li>Else it opens one.
 * </ol>
 */
public final class SegmentAssigner {
    private final KnownSegments known;
    private final SegmentLimits limits;
    private final Instant now;
    private final Supplier<UUID> fresh;
    private final Map<TraceKey, PlacedTrace> traces = new LinkedHashMap<>();
    private final Map<ObjectRef, OpenSegment> open = new HashMap<>();
    private final Set<UUID> closed = new HashSet<>();

    private SegmentAssigner(KnownSegments known, SegmentLimits limits, Instant now, Supplier<UUID> fresh) {
        this.known = known;
        this.limits = limits;
        this.now = now;
        this.fresh = fresh;
    }

    /**
     * @param loads in the order in which the traces came, each once
     * @param fresh names that nothing else has
     */
    public static Placing place(
            KnownSegments known, List<TraceLoad> loads, SegmentLimits limits, Instant now, Supplier<UUID> fresh) {
        var assigner = new SegmentAssigner(known, limits, now, fresh);
        loads.forEach(assigner::place);
        assigner.closed.addAll(known.notTakingMore(limits, now));
        return new Placing(assigner.traces, assigner.open, assigner.closed);
    }

    private void place(TraceLoad load) {
        var before = known.trace(load.trace());
        long bytes = load.bytes() + before.map(PlacedTrace::bytes).orElse(0L);
        boolean alone = before.map(PlacedTrace::alone).orElse(false);
        if (alone || bytes > limits.traceBytes()) {
            var own = alone ? before.orElseThrow().segment() : fresh.get();
            traces.put(load.trace(), new PlacedTrace(own, bytes, true));
            closed.add(own);
        } else {
            var segment = before.map(PlacedTrace::segment)
                    .orElseGet(() -> openSegment(load.trace().object()));
            traces.put(load.trace(), new PlacedTrace(segment, bytes, false));
            count(load, segment);
        }
    }

    private UUID openSegment(ObjectRef object) {
        var current = current(object);
        if (current != null && current.takesMore(limits, now)) {
            return current.id();
        }
        if (current != null) {
            closed.add(current.id());
        }
        var opened = new OpenSegment(fresh.get(), now, 0, 0);
        open.put(object, opened);
        return opened.id();
    }

    private void count(TraceLoad load, UUID segment) {
        var current = current(load.trace().object());
        if (current != null && current.id().equals(segment)) {
            open.put(load.trace().object(), current.plus(load));
        }
    }

    private @Nullable OpenSegment current(ObjectRef object) {
        var changed = open.get(object);
        return changed != null ? changed : known.open(object).orElse(null);
    }
}

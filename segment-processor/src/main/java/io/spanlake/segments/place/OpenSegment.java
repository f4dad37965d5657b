package io.spanlake.segments.place;

import java.time.Instant;
import java.util.UUID;

/** The segment of an object, and of the partition, that takes new traces. */
public record OpenSegment(UUID id, Instant openedAt, long rows, long bytes) {
    boolean takesMore(SegmentLimits limits, Instant now) {
        return rows < limits.rows() && bytes < limits.bytes() && now.isBefore(openedAt.plus(limits.age()));
    }

    OpenSegment plus(TraceLoad load) {
        return new OpenSegment(id, openedAt, rows + load.rows(), bytes + load.bytes());
    }
}

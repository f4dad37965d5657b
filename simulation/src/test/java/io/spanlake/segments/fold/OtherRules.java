package io.spanlake.segments.fold;

import io.spanlake.model.row.RowState;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.place.SegmentLimits;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** A folder whose states join by another rule. */
public final class OtherRules {
    private OtherRules() {}

    public static CutFolder folder(
            SegmentLimits limits,
            InstantSource clock,
            Supplier<UUID> freshSegments,
            SegmentsMetrics metrics,
            BinaryOperator<RowState> join) {
        return new CutFolder(limits, clock, freshSegments, metrics, join);
    }
}

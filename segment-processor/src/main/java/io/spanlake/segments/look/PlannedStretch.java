package io.spanlake.segments.look;

import io.spanlake.segments.Claim;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.plan.Backlog;

/**
 * One partition's part of a cut: some of the backlog, from its beginning, as much as there is room for.
 *
 * @param known             not changed before the cut is committed
 * @param currentIncarnation of the log in Kafka
 */
public record PlannedStretch(Claim claim, Backlog backlog, KnownSegments known, int currentIncarnation) {}

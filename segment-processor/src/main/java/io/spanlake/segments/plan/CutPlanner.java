package io.spanlake.segments.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which partitions are cut now. Pure: no clock, no store.
 *
 * <ol>
 *   <li>A partition is due when its oldest write has waited {@code after}, or its bytes reach {@code bytes}.
 *   <li>Where one is due, those that have waited half as long ride along: their organizations get a blob in common.
 *   <li>Those that are due come first, the oldest first; each that still fits into {@code bytes} is taken, the first in any
 *       case. What is not taken is older next time.
 *   <li>One that failed the last time is taken alone: a cut is committed as a whole.
 * </ol>
 */
public final class CutPlanner {
    private static final Comparator<Waiting> OLDEST_FIRST =
            Comparator.comparing(Waiting::since).thenComparing(Waiting::partition);

    private CutPlanner() {}

    /** @return partitions, those to be read first at the front; empty where nothing is due */
    public static List<Integer> plan(Collection<Waiting> waiting, CutLimits limits, Instant now) {
        var due = new ArrayList<Waiting>();
        var riders = new ArrayList<Waiting>();
        for (var partition : waiting) {
            if (isDue(partition, limits, now)) {
                due.add(partition);
            } else if (!now.isBefore(partition.since().plus(limits.after().dividedBy(2)))) {
                riders.add(partition);
            }
        }
        if (due.isEmpty()) {
            return List.of();
        }
        due.sort(OLDEST_FIRST);
        riders.sort(OLDEST_FIRST);
        due.addAll(riders);
        return thoseThatFit(due, limits.bytes());
    }

    private static boolean isDue(Waiting partition, CutLimits limits, Instant now) {
        return partition.bytes() >= limits.bytes()
                || !now.isBefore(partition.since().plus(limits.after()));
    }

    private static List<Integer> thoseThatFit(List<Waiting> inOrder, long bytesMax) {
        if (inOrder.getFirst().alone()) {
            return List.of(inOrder.getFirst().partition());
        }
        var taken = new ArrayList<Integer>();
        long bytes = 0;
        for (var partition : inOrder) {
            if (!partition.alone() && (taken.isEmpty() || bytes + partition.bytes() <= bytesMax)) {
                taken.add(partition.partition());
                bytes += partition.bytes();
            }
        }
        return taken;
    }
}

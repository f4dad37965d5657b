package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;

/** Which objects a gap in a partition may touch. */
public final class GapScope {
    private GapScope() {}

    /**
     * Widths only grow, so what an object may use now covers what it could use then.
     *
     * @param width      of the object, now
     * @param partitions that the topic had when the gap was found
     */
    public static boolean mayTouch(ObjectRef object, int width, int partition, int partitions) {
        int base = new Placement(partitions).basePartition(object);
        return Math.floorMod(partition - base, partitions) < width;
    }
}

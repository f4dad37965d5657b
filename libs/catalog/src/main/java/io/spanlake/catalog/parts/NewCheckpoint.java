package io.spanlake.catalog.parts;

import io.spanlake.catalog.LogOffset;
import java.util.Map;

/**
 * The blob that says what is published of the object after the swap, put before it: a catalog that was lost is made
 * again from these.
 *
 * @param name   of the blob, never used before
 * @param floors up to where each partition was processed in the snapshot that the swap was planned on: what lies below
 *               is in parts and processed sections, and the log of this object is not needed there any more
 */
public record NewCheckpoint(String name, long bytes, Map<Integer, LogOffset> floors) {
    public NewCheckpoint {
        floors = Map.copyOf(floors);
    }
}

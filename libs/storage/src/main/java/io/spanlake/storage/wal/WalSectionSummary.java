package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import java.util.Map;

/**
 * What a section of a WAL object holds, for the catalog.
 *
 * @param writes   how many
 * @param stampSum see {@link StampSum}
 * @param objects  number of writes of each object
 */
public record WalSectionSummary(int partition, long writes, long stampSum, Map<ObjectRef, Long> objects) {
    public WalSectionSummary {
        objects = Map.copyOf(objects);
    }
}

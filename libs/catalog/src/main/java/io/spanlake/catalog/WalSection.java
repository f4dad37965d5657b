package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import java.util.Map;

/**
 * What one WAL object holds of one partition's range.
 *
 * @param stampSum sum over the stamps of its writes, see docs/formats/wal.md: what goes in must come out
 * @param objects  number of writes of each object in it
 */
public record WalSection(int partition, long writes, long stampSum, Map<ObjectRef, Long> objects) {
    public WalSection {
        objects = Map.copyOf(objects);
    }
}

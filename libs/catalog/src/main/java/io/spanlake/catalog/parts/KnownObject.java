package io.spanlake.catalog.parts;

import io.spanlake.catalog.LogOffset;
import java.util.Map;

/**
 * What a reader has from its last snapshot of an object.
 *
 * @param version   of the object; {@link #NOTHING} knows none
 * @param wal       up to where it has read the write-ahead log of each partition; one that is missing, from its beginning
 * @param processed up to where it knows the cuts of each partition
 */
public record KnownObject(long version, Map<Integer, LogOffset> wal, Map<Integer, LogOffset> processed) {
    public static final KnownObject NOTHING = new KnownObject(-1, Map.of(), Map.of());

    public KnownObject {
        wal = Map.copyOf(wal);
        processed = Map.copyOf(processed);
    }
}

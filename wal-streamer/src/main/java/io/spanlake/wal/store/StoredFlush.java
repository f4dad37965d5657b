package io.spanlake.wal.store;

import io.spanlake.catalog.WalObject;
import io.spanlake.wal.collect.Flush;
import java.util.List;

/** A flush whose objects are durable, and which nothing names yet. */
public record StoredFlush(Flush flush, List<WalObject> objects) {
    public StoredFlush {
        objects = List.copyOf(objects);
    }
}

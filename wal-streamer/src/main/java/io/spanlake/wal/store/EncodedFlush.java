package io.spanlake.wal.store;

import io.spanlake.model.OrganizationId;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.wal.collect.Flush;
import java.util.List;

/** A flush whose objects are built and lie in memory. */
public record EncodedFlush(Flush flush, List<EncodedObject> objects) {
    public EncodedFlush {
        objects = List.copyOf(objects);
    }

    /** One organization's object. */
    public record EncodedObject(OrganizationId organization, EncodedWalObject content) {}
}

package io.spanlake.wal.store;

import io.spanlake.model.OrganizationId;
import io.spanlake.storage.wal.EncodedWalObject;
import io.spanlake.wal.collect.Flush;
import java.util.List;

/**
 * A flush whose objects are built and lie in memory.
 *
 * @param aside what no object can hold
 */
public record EncodedFlush(Flush flush, List<EncodedObject> objects, List<KeptAside> aside) {
    public EncodedFlush {
        objects = List.copyOf(objects);
        aside = List.copyOf(aside);
    }

    /** One organization's object. */
    public record EncodedObject(OrganizationId organization, EncodedWalObject content) {}
}

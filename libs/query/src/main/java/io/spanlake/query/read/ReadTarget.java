package io.spanlake.query.read;

import io.spanlake.model.row.RowIdentity;
import io.spanlake.query.tail.TailObject;
import java.util.UUID;

/** What is read: an object, and whom it belongs to. */
public record ReadTarget(TailObject object, UUID project) {
    public RowIdentity identity() {
        return new RowIdentity(object.organization(), project, object.ref());
    }
}

package io.spanlake.compactor.job;

import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import java.util.Optional;
import java.util.UUID;

/**
 * The object that a job works on.
 *
 * @param snapshot a whole one, that the swap is planned on
 * @param expired  rows that arrived before it are kept no longer
 */
public record Target(
        OrganizationId organization, UUID project, ObjectSnapshot snapshot, Optional<TransactionId> expired) {
    public ObjectRef object() {
        return snapshot.object();
    }
}

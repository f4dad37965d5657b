package io.spanlake.compactor.job;

import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.work.Erasure;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The object that a job works on.
 *
 * @param snapshot a whole one, that the swap is planned on
 * @param expired  rows that arrived before it are kept no longer
 * @param asked    rows all of whose versions go, as far as that is for this job
 */
public record Target(
        OrganizationId organization,
        UUID project,
        ObjectSnapshot snapshot,
        Optional<TransactionId> expired,
        List<Erasure> asked) {
    public Target {
        asked = List.copyOf(asked);
    }

    /** The same, of an object of which somebody wants rows to be forgotten. */
    public Target with(List<Erasure> asked) {
        return new Target(organization, project, snapshot, expired, asked);
    }

    public ObjectRef object() {
        return snapshot.object();
    }
}

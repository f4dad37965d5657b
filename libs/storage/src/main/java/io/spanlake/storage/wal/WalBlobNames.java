package io.spanlake.storage.wal;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.FreshNames;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Names of WAL objects: {@code orgs/{org}/wal/{yyyy}/{MM}/{dd}/{HH}/{ulid}.wal}, in UTC. */
public final class WalBlobNames {
    private WalBlobNames() {}

    /** A name that nothing else has: 80 random bits a millisecond. */
    public static BlobName fresh(OrganizationId organization, Instant now, RandomGenerator random) {
        return FreshNames.byHour(organization, "wal", now, random, ".wal");
    }
}

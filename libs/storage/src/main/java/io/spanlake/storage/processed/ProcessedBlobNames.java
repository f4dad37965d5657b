package io.spanlake.storage.processed;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.FreshNames;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Names of processed blobs: {@code orgs/{org}/processed/{yyyy}/{MM}/{dd}/{HH}/{ulid}.rows}, in UTC. */
public final class ProcessedBlobNames {
    private ProcessedBlobNames() {}

    /** A name that nothing else has: 80 random bits a millisecond. */
    public static BlobName fresh(OrganizationId organization, Instant now, RandomGenerator random) {
        return FreshNames.byHour(organization, "processed", now, random, ".rows");
    }
}

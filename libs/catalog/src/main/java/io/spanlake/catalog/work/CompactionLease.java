package io.spanlake.catalog.work;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.time.Instant;

/**
 * The word that nobody else will look at the object for a while. It protects nothing.
 *
 * @param token of the lease: who took it over has a larger one
 */
public record CompactionLease(
        ObjectRef object, OrganizationId organization, CompactionReason reason, long token, Instant until) {}

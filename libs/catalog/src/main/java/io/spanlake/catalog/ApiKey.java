package io.spanlake.catalog;

import io.spanlake.model.OrganizationId;
import java.util.UUID;

/**
 * A key that is valid now.
 *
 * @param organizationName as clients want it in the answer to a log-in
 */
public record ApiKey(UUID id, OrganizationId organization, String organizationName, String name) {}

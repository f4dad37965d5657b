package io.spanlake.catalog;

import io.spanlake.model.OrganizationId;
import java.util.UUID;

/** Who an object belongs to. */
public record ObjectOwner(OrganizationId organization, UUID project) {}

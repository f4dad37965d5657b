package io.spanlake.model.row;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.util.UUID;

/** Where a row belongs, as its readers see it. */
public record RowIdentity(OrganizationId organization, UUID project, ObjectRef object) {}

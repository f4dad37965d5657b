package io.spanlake.query.tail;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;

/** An object and the organization that owns it: only blobs of that organization are opened for it. */
public record TailObject(OrganizationId organization, ObjectRef ref) {}

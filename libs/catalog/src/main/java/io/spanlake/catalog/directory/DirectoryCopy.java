package io.spanlake.catalog.directory;

import io.spanlake.model.OrganizationId;

/**
 * What the directory has of one organization.
 *
 * @param json as docs/formats/directory.md says; the same content is the same text
 */
public record DirectoryCopy(OrganizationId organization, String json) {}

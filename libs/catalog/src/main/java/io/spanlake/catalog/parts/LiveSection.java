package io.spanlake.catalog.parts;

import io.spanlake.catalog.processed.ProcessedSection;
import java.time.Instant;

/**
 * A processed section that counts.
 *
 * @param id        in the catalog
 * @param carried   whether a swap wrote it: patches and tombstones that could not be resolved yet. Its range says
 *                  nothing then
 * @param committedAt when it became visible
 */
public record LiveSection(
        long id,
        String blobName,
        long blobBytes,
        long footerOffset,
        ProcessedSection section,
        boolean carried,
        Instant committedAt) {}

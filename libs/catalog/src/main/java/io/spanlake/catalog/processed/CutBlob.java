package io.spanlake.catalog.processed;

/**
 * A processed blob, as the catalog lists it.
 *
 * @param bytes        length of the blob
 * @param footerOffset where its footer begins; footer and trailer reach from there to the end of the blob
 */
public record CutBlob(String name, long bytes, long footerOffset) {}

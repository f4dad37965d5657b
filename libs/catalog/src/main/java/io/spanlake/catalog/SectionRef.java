package io.spanlake.catalog;

/**
 * Where a section with writes of an object lies.
 *
 * @param blobBytes    length of the blob; footer and trailer are {@code [footerOffset, blobBytes)}
 * @param first        first offset of the section's range
 * @param next         offset after its last
 */
public record SectionRef(
        String blobName, long blobBytes, long footerOffset, int partition, int incarnation, long first, long next) {}

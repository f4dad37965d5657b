package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import java.util.List;

/**
 * A processed blob that is ready to be put.
 *
 * @param parts        the blob's bytes, one after another
 * @param bytes        of all parts
 * @param footerOffset where the footer begins; footer and trailer are {@code [footerOffset, bytes)}
 * @param sections     in the order in which they were begun
 */
public record EncodedProcessedBlob(
        List<ByteSlice> parts, long bytes, long footerOffset, List<ProcessedSectionSummary> sections) {
    public EncodedProcessedBlob {
        parts = List.copyOf(parts);
        sections = List.copyOf(sections);
    }
}

package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.BlobFormatException;
import java.util.List;
import java.util.UUID;

/**
 * What lies where in a processed blob. It has been checked: counts and sums agree, and frames, then filters, follow one
 * another from the header to the footer without a byte between them.
 *
 * @param blobBytes    length of the blob
 * @param footerOffset where the footer begins
 * @param sections     a segment once for each partition
 */
public record ProcessedFooter(
        OrganizationId organization, long blobBytes, long footerOffset, List<ProcessedSection> sections) {
    public ProcessedFooter {
        sections = List.copyOf(sections);
    }

    /**
     * Reads the end of a blob. CPU work: call it off the event loops.
     *
     * @param footerAndTrailer the bytes {@code [footerOffset, blobBytes)} of the blob, exactly
     * @param blobBytes        length of the whole blob, as the catalog or the store knows it
     * @throws BlobFormatException where a byte of it is not what was written, or a newer program wrote it
     */
    public static ProcessedFooter parse(ByteSlice footerAndTrailer, long blobBytes) {
        return ProcessedFooterReader.read(footerAndTrailer, blobBytes);
    }

    /** The frames of a segment, in order of offsets; empty where it has none here. */
    public List<FrameRef> framesOf(UUID segment) {
        return sections.stream()
                .filter(section -> section.segment().equals(segment))
                .flatMap(section -> section.frames().stream())
                .toList();
    }
}

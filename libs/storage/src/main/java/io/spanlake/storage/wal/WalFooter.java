package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.BlobFormatException;
import java.util.List;
import java.util.Optional;

/**
 * What lies where in a WAL object. It has been checked: counts and sums agree, and the blocks follow one another from
 * the header to the footer without a byte between them.
 *
 * @param blobBytes    length of the blob
 * @param footerOffset where the footer begins
 * @param sections     each partition once
 */
public record WalFooter(
        OrganizationId organization, long blobBytes, long footerOffset, List<WalSectionFooter> sections) {
    public WalFooter {
        sections = List.copyOf(sections);
    }

    /**
     * Reads the end of a blob. CPU work: call it off the event loops.
     *
     * @param footerAndTrailer the bytes {@code [footerOffset, blobBytes)} of the blob, exactly
     * @param blobBytes        length of the whole blob, as the catalog or the store knows it
     * @throws BlobFormatException where a byte of it is not what was written, or a newer program wrote it
     */
    public static WalFooter parse(ByteSlice footerAndTrailer, long blobBytes) {
        return FooterReader.read(footerAndTrailer, blobBytes);
    }

    public Optional<WalSectionFooter> section(int partition) {
        return sections.stream()
                .filter(section -> section.partition() == partition)
                .findFirst();
    }

    /** The blocks that hold the object's writes of a partition, in order of offsets; empty where there are none. */
    public List<BlockRef> blocksOf(ObjectRef object, int partition) {
        return section(partition)
                .flatMap(section -> section.blocksOf(object))
                .map(ObjectBlocks::blocks)
                .orElse(List.of());
    }
}

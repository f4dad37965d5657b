package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.BlobParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * Makes the WAL object of one flush of one organization: {@code header, blocks section by section, footer, trailer}.
 *
 * <p>Pure CPU work, no state between calls, safe from any number of threads; native memory is given back before it
 * returns. The WAL streamer calls it on its scheduler {@code wal-encode}.
 */
public final class WalObjectWriter {
    private WalObjectWriter() {}

    /**
     * @param sections one per partition
     * @throws IllegalArgumentException where a partition comes twice, or a write has more than 32 MiB
     */
    public static EncodedWalObject encode(
            OrganizationId organization, List<SectionWrites> sections, WalEncoding encoding) {
        mustBeDistinct(sections);
        var parts = new BlobParts();
        parts.append(WalFormat.FORMAT.header());
        try (var blocks = new BlockWriter(encoding, parts)) {
            var footers = new ArrayList<WalSectionFooter>(sections.size());
            for (var section : sections) {
                footers.add(section(section, blocks));
            }
            long footerOffset = parts.bytes();
            var footer = FooterWriter.footer(new WalFooter(organization, footerOffset, footerOffset, footers));
            blocks.end(footer);
            long blobBytes = parts.bytes();
            var summaries = footers.stream().map(WalObjectWriter::summary).toList();
            return new EncodedWalObject(parts.finish(), blobBytes, footerOffset, summaries);
        }
    }

    private static WalSectionFooter section(SectionWrites section, BlockWriter blocks) {
        var objects = new ArrayList<ObjectBlocks>();
        long stampSum = 0;
        for (var entry : SectionObjects.of(section).entrySet()) {
            var refs = blocks.write(
                    entry.getKey(), entry.getValue().packed(), entry.getValue().writes());
            var object = FooterSums.objectBlocks(entry.getKey(), refs);
            stampSum += FooterSums.stampSum(object);
            objects.add(object);
        }
        return new WalSectionFooter(
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next(),
                section.count(),
                stampSum,
                objects);
    }

    private static WalSectionSummary summary(WalSectionFooter section) {
        var objects = new HashMap<ObjectRef, Long>();
        section.objects().forEach(object -> objects.put(object.object(), object.writes()));
        return new WalSectionSummary(section.partition(), section.writes(), section.stampSum(), objects);
    }

    private static void mustBeDistinct(List<SectionWrites> sections) {
        var partitions = new HashSet<Integer>();
        for (var section : sections) {
            if (!partitions.add(section.partition())) {
                throw new IllegalArgumentException("two sections of partition " + section.partition());
            }
        }
    }
}

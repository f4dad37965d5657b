package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import java.util.List;

/**
 * A WAL object that is ready to be put.
 *
 * @param parts        the blob's bytes, one after another
 * @param bytes        of all parts
 * @param footerOffset where the footer begins; footer and trailer are {@code [footerOffset, bytes)}
 * @param sections     in the order they were given
 */
public record EncodedWalObject(List<ByteSlice> parts, long bytes, long footerOffset, List<WalSectionSummary> sections) {
    public EncodedWalObject {
        parts = List.copyOf(parts);
        sections = List.copyOf(sections);
    }
}

package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.storage.container.BlobFormatException;
import java.util.ArrayList;
import java.util.List;

/** Reads whole WAL objects and proves every byte of them: for recovery and for verification. */
public final class WalObjectReader {
    private WalObjectReader() {}

    /**
     * Every write of the object. CPU work.
     *
     * @throws BlobFormatException where any byte of it is not what was written, or a newer program wrote it
     */
    public static WalContents readAll(ByteSlice blob) {
        WalFormat.FORMAT.mustBeginWithHeader(blob);
        var footer = footerOf(blob);
        var sections = new ArrayList<SectionWrites>(footer.sections().size());
        for (var section : footer.sections()) {
            sections.add(new SectionWrites(
                    section.partition(),
                    section.incarnation(),
                    section.first(),
                    section.next(),
                    writes(section, blob)));
        }
        return new WalContents(footer.organization(), sections);
    }

    /**
     * The footer of a blob that is at hand as a whole.
     *
     * @throws BlobFormatException as {@link WalFooter#parse}
     */
    public static WalFooter footerOf(ByteSlice blob) {
        return WalFooter.parse(WalFormat.FORMAT.footerAndTrailer(blob), blob.length());
    }

    private static List<Write> writes(WalSectionFooter section, ByteSlice blob) {
        var writes = new ArrayList<Write>((int) section.writes());
        for (var object : section.objects()) {
            for (var block : object.blocks()) {
                writes.addAll(WalBlockReader.decode(block, blob.slice((int) block.offset(), block.length())));
            }
        }
        return writes;
    }
}

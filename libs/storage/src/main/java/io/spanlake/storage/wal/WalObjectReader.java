package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.List;

/** Reads whole WAL objects and proves every byte of them: for recovery and for verification. */
public final class WalObjectReader {
    /** More than any footer that this program writes: a compressed footer is smaller than its bound uncompressed. */
    private static final int FOOTER_AND_TRAILER_BYTES_MAX = WalFormat.FOOTER_BYTES_MAX + WalFormat.TRAILER_BYTES;

    private WalObjectReader() {}

    /**
     * Every write of the object. CPU work.
     *
     * @throws WalFormatException where any byte of it is not what was written, or a newer program wrote it
     */
    public static WalContents readAll(ByteSlice blob) {
        mustBeginWithHeader(blob);
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
     * @throws WalFormatException as {@link WalFooter#parse}
     */
    public static WalFooter footerOf(ByteSlice blob) {
        if (blob.length() < WalFormat.HEADER_BYTES + WalFormat.TRAILER_BYTES) {
            throw new CorruptWalObjectException("too short for a WAL object: %d bytes".formatted(blob.length()));
        }
        var trailer = WalTrailer.read(blob.slice(blob.length() - WalFormat.TRAILER_BYTES, WalFormat.TRAILER_BYTES));
        long wanted = Integer.toUnsignedLong(trailer.footerBytes()) + WalFormat.TRAILER_BYTES;
        if (wanted > Math.min(blob.length() - WalFormat.HEADER_BYTES, FOOTER_AND_TRAILER_BYTES_MAX)) {
            throw new CorruptWalObjectException("trailer: a footer of %d bytes in a blob of %d"
                    .formatted(wanted - WalFormat.TRAILER_BYTES, blob.length()));
        }
        return WalFooter.parse(blob.slice(blob.length() - (int) wanted, (int) wanted), blob.length());
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

    private static void mustBeginWithHeader(ByteSlice blob) {
        if (blob.length() < WalFormat.HEADER_BYTES) {
            throw new CorruptWalObjectException("too short for a WAL object: %d bytes".formatted(blob.length()));
        }
        var header = blob.slice(0, WalFormat.HEADER_BYTES);
        var in = new WalInput("header", header.array(), header.offset(), header.length());
        boolean isMagic = in.u64() == WalFormat.MAGIC;
        int version = in.u32();
        if (!isMagic || in.u32() != WalFormat.crc32c(header.slice(0, 12))) {
            throw new CorruptWalObjectException("header: not that of a WAL object");
        }
        if (version != WalFormat.VERSION) {
            throw new UnknownWalVersionException(version);
        }
    }
}

package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;

/** Writes header, footer and trailer; {@link FooterReader} is its mirror. Layout: docs/formats/wal.md. */
final class FooterWriter {
    private FooterWriter() {}

    static WalOutput header() {
        var out = new WalOutput(WalFormat.HEADER_BYTES).u64(WalFormat.MAGIC).u32(WalFormat.VERSION);
        return out.u32(WalFormat.crc32c(out.array(), 0, out.length()));
    }

    /** The footer before it is compressed. */
    static WalOutput footer(WalFooter footer) {
        var organization = footer.organization().value();
        var out = new WalOutput(4 << 10)
                .u64(Long.reverseBytes(organization.getMostSignificantBits()))
                .u64(Long.reverseBytes(organization.getLeastSignificantBits()))
                .varint(footer.sections().size());
        footer.sections().forEach(section -> section(out, section));
        if (out.length() > WalFormat.FOOTER_BYTES_MAX) {
            throw new IllegalArgumentException("a footer of %d bytes; at most %d: flush fewer writes at once"
                    .formatted(out.length(), WalFormat.FOOTER_BYTES_MAX));
        }
        return out;
    }

    static WalOutput trailer(ByteSlice compressedFooter, int uncompressedBytes, long blobBytes) {
        var out = new WalOutput(WalFormat.TRAILER_BYTES)
                .u64(blobBytes)
                .u32(compressedFooter.length())
                .u32(uncompressedBytes)
                .u32(WalFormat.crc32c(compressedFooter))
                .u32(WalFormat.VERSION);
        return out.u32(WalFormat.crc32c(out.array(), 0, out.length())).u64(WalFormat.MAGIC);
    }

    private static void section(WalOutput out, WalSectionFooter section) {
        out.varint(section.partition())
                .varint(section.incarnation())
                .varint(section.first())
                .varint(section.next())
                .varint(section.writes())
                .u64(section.stampSum())
                .varint(section.objects().size());
        section.objects().forEach(object -> object(out, object));
    }

    private static void object(WalOutput out, ObjectBlocks object) {
        out.u8(object.object().type().code())
                .blob(IdText.encode(object.object().id()))
                .varint(object.writes())
                .u64(object.oldest().value())
                .u64(object.newest().value())
                .varint(object.blocks().size());
        object.blocks().forEach(block -> block(out, block));
    }

    private static void block(WalOutput out, BlockRef block) {
        out.varint(block.length())
                .varint(block.uncompressedBytes())
                .u32(block.crc32c())
                .varint(block.writes().size());
        block.writes().forEach(write -> write(out, write));
    }

    private static void write(WalOutput out, WriteRef write) {
        out.u8(write.kind().code() | (write.namesTrace() ? WalFormat.NAMES_TRACE : 0))
                .u64(write.rowHash());
        if (write.namesTrace()) {
            out.u64(write.traceHash());
        }
        out.u64(write.stamp().transaction().value())
                .u16(write.stamp().position())
                .varint(write.length());
    }
}

package io.spanlake.storage.wal;

import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.IdText;

/** Writes footers; {@link FooterReader} is its mirror. Layout: docs/formats/wal.md. */
final class FooterWriter {
    private FooterWriter() {}

    /** The footer before it is compressed. */
    static ByteOutput footer(WalFooter footer) {
        var out = new ByteOutput(4 << 10)
                .uuid(footer.organization().value())
                .varint(footer.sections().size());
        footer.sections().forEach(section -> section(out, section));
        return out;
    }

    private static void section(ByteOutput out, WalSectionFooter section) {
        out.varint(section.partition())
                .varint(section.incarnation())
                .varint(section.first())
                .varint(section.next())
                .varint(section.writes())
                .u64(section.stampSum())
                .varint(section.objects().size());
        section.objects().forEach(object -> object(out, object));
    }

    private static void object(ByteOutput out, ObjectBlocks object) {
        out.u8(object.object().type().code())
                .blob(IdText.encode(object.object().id()))
                .varint(object.writes())
                .u64(object.oldest().value())
                .u64(object.newest().value())
                .varint(object.blocks().size());
        object.blocks().forEach(block -> block(out, block));
    }

    private static void block(ByteOutput out, BlockRef block) {
        new BlockEntry(block.length(), block.uncompressedBytes(), block.crc32c(), block.writes()).write(out);
    }
}

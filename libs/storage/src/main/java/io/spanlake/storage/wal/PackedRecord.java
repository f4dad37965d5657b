package io.spanlake.storage.wal;

import com.github.luben.zstd.Zstd;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.IdText;
import java.util.List;

/** Version 2 of the envelope: a head that says what is in the block, its checksum, the block. */
final class PackedRecord {
    private static final int MAGIC = 0xE5;
    private static final int VERSION = 2;
    private static final int UUID_BYTES = 16;
    /** What a write takes at most in the head. */
    private static final int WRITE_BYTES_MAX = 1 + 8 + 8 + 8 + 2 + 5;

    private PackedRecord() {}

    static boolean isOne(ByteSlice record) {
        return record.length() > 1 && (record.at(0) & 0xFF) == MAGIC && record.at(1) == VERSION;
    }

    static byte[] write(WritesRecord.Packed record) {
        var block = record.block();
        byte[] id = IdText.encode(block.object().id());
        int headBytesMax = 64 + id.length + block.writes().size() * WRITE_BYTES_MAX;
        var head = new ByteOutput(headBytesMax)
                .u8(MAGIC)
                .u8(VERSION)
                .uuid(record.organization().value())
                .u8(block.object().type().code())
                .blob(id);
        new BlockEntry(block.frame().length(), block.uncompressedBytes(), block.crc32c(), block.writes()).write(head);
        head.u32(Crc.of(head.array(), 0, head.length()));
        var bytes = new byte[head.length() + block.frame().length()];
        System.arraycopy(head.array(), 0, bytes, 0, head.length());
        System.arraycopy(
                block.frame().array(),
                block.frame().offset(),
                bytes,
                head.length(),
                block.frame().length());
        return bytes;
    }

    static WritesRecord.Packed read(ByteSlice record) {
        try {
            return packed(record);
        } catch (CorruptBlobException | IllegalArgumentException e) {
            throw new EnvelopeException("version 2: " + e.getMessage(), e);
        }
    }

    static List<Write> unpack(PackedBlock block) {
        try {
            return block.unpack();
        } catch (CorruptBlobException e) {
            throw new EnvelopeException("version 2: " + e.getMessage(), e);
        }
    }

    static int rowBytes(ByteSlice record) {
        try {
            var in = ByteInput.of("head", record);
            in.bytes(2 + UUID_BYTES + 1);
            in.blob();
            in.varint32();
            return Math.clamp(in.varint32(), record.length(), Math.max(record.length(), WalFormat.BLOCK_BYTES_MAX));
        } catch (CorruptBlobException none) {
            return record.length();
        }
    }

    private static WritesRecord.Packed packed(ByteSlice record) {
        var in = ByteInput.of("head", record);
        in.bytes(2);
        var organization = new OrganizationId(in.uuid());
        var object = new ObjectRef(ObjectType.ofCode(in.u8()), IdText.decode(in.blob()));
        var entry = BlockEntry.read(in);
        int headBytes = in.position();
        int crc = Crc.of(record.slice(0, headBytes));
        if (in.u32() != crc) {
            throw in.corrupt("the head's CRC32C is another than " + Crc.hex(crc));
        }
        if (in.remaining() != entry.length()) {
            throw in.corrupt("%d bytes behind the head, not %d".formatted(in.remaining(), entry.length()));
        }
        var frame = in.bytes(entry.length());
        mustBe(frame, entry, in);
        return new WritesRecord.Packed(
                organization,
                new PackedBlock(object, entry.uncompressedBytes(), entry.crc32c(), entry.writes(), frame));
    }

    /** All that can be known of a frame without inflating it. */
    private static void mustBe(ByteSlice frame, BlockEntry entry, ByteInput in) {
        int crc = Crc.of(frame);
        if (crc != entry.crc32c()) {
            throw in.corrupt("the block's CRC32C is %s, not %s".formatted(Crc.hex(crc), Crc.hex(entry.crc32c())));
        }
        long stated = Zstd.getFrameContentSize(frame.array(), frame.offset(), frame.length());
        if (stated != entry.uncompressedBytes()) {
            throw in.corrupt("a frame of %d bytes uncompressed, not %d".formatted(stated, entry.uncompressedBytes()));
        }
    }
}

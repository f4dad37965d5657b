package io.spanlake.storage.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.spanlake.model.ByteSlice;

/** Reads one compressed piece: first the checksum, then the size that the frame states, then the bytes. */
public final class ZstdFrame {
    private ZstdFrame() {}

    /** @param uncompressedBytes as stated elsewhere and bounded already */
    public static byte[] read(String what, ByteSlice compressed, int crc32c, int uncompressedBytes) {
        int crc = Crc.of(compressed);
        if (crc != crc32c) {
            throw new CorruptBlobException("%s: CRC32C is %s, not %s".formatted(what, Crc.hex(crc), Crc.hex(crc32c)));
        }
        try {
            return inflate(what, compressed, uncompressedBytes);
        } catch (ZstdException e) {
            throw new CorruptBlobException("%s: not a zstd frame".formatted(what), e);
        }
    }

    private static byte[] inflate(String what, ByteSlice compressed, int uncompressedBytes) {
        var array = compressed.array();
        long stated = Zstd.getFrameContentSize(array, compressed.offset(), compressed.length());
        if (stated != uncompressedBytes) {
            throw new CorruptBlobException(
                    "%s: a frame of %d bytes uncompressed, expected are %d".formatted(what, stated, uncompressedBytes));
        }
        var bytes = new byte[uncompressedBytes];
        long written =
                Zstd.decompressByteArray(bytes, 0, bytes.length, array, compressed.offset(), compressed.length());
        if (Zstd.isError(written) || written != uncompressedBytes) {
            throw new CorruptBlobException("%s: not a zstd frame of %d bytes".formatted(what, uncompressedBytes));
        }
        return bytes;
    }
}

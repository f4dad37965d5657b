package io.spanlake.storage.wal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.spanlake.model.ByteSlice;

/** Reads one compressed piece: first the checksum, then the size that the frame states, then the bytes. */
final class ZstdFrame {
    private ZstdFrame() {}

    /** @param uncompressedBytes as stated elsewhere and bounded already */
    static byte[] read(String what, ByteSlice compressed, int crc32c, int uncompressedBytes) {
        int crc = WalFormat.crc32c(compressed);
        if (crc != crc32c) {
            throw new CorruptWalObjectException(
                    "%s: CRC32C is %s, not %s".formatted(what, WalFormat.hex(crc), WalFormat.hex(crc32c)));
        }
        try {
            return inflate(what, compressed, uncompressedBytes);
        } catch (ZstdException e) {
            throw new CorruptWalObjectException("%s: not a zstd frame".formatted(what), e);
        }
    }

    private static byte[] inflate(String what, ByteSlice compressed, int uncompressedBytes) {
        var array = compressed.array();
        long stated = Zstd.getFrameContentSize(array, compressed.offset(), compressed.length());
        if (stated != uncompressedBytes) {
            throw new CorruptWalObjectException(
                    "%s: a frame of %d bytes uncompressed, expected are %d".formatted(what, stated, uncompressedBytes));
        }
        var bytes = new byte[uncompressedBytes];
        long written =
                Zstd.decompressByteArray(bytes, 0, bytes.length, array, compressed.offset(), compressed.length());
        if (Zstd.isError(written) || written != uncompressedBytes) {
            throw new CorruptWalObjectException("%s: not a zstd frame of %d bytes".formatted(what, uncompressedBytes));
        }
        return bytes;
    }
}

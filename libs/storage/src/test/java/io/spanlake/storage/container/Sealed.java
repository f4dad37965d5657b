package io.spanlake.storage.container;

import com.github.luben.zstd.Zstd;
import io.spanlake.model.ByteSlice;
import java.util.Optional;

/**
 * Bytes with the checksums that they ought to have: else nothing behind a checksum would ever be reached by chance. As if a
 * program with a fault had written them.
 */
public final class Sealed {
    private Sealed() {}

    /**
     * A footer that was made up, and how many bytes lie before it.
     *
     * @param plain not compressed
     */
    public record Footer(long bytesBefore, ByteSlice plain) {
        /** The first four bytes say how much lies before it; empty where there are fewer. */
        public static Optional<Footer> of(byte[] bytes) {
            if (bytes.length < Integer.BYTES) {
                return Optional.empty();
            }
            var all = ByteSlice.of(bytes);
            long before = ByteInput.of("length", all).u32() & 0xFF_FFFF;
            return Optional.of(new Footer(before, all.slice(Integer.BYTES, bytes.length - Integer.BYTES)));
        }
    }

    /** Footer and trailer of a blob. */
    public static ByteSlice end(BlobFormat format, ByteSlice footer, long bytesBefore) {
        var compressed = frame(footer);
        long blobBytes = bytesBefore + compressed.length() + BlobFormat.TRAILER_BYTES;
        var trailer = format.trailer(compressed, footer.length(), blobBytes);
        return new ByteOutput(compressed.length() + BlobFormat.TRAILER_BYTES)
                .bytes(compressed.array(), 0, compressed.length())
                .bytes(trailer.array(), 0, trailer.length())
                .toSlice();
    }

    public static ByteSlice frame(ByteSlice plain) {
        return ByteSlice.of(Zstd.compress(plain.toArray(), 1));
    }
}

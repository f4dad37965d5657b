package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;

/**
 * A set of 64-bit hashes that may say yes too often and never no: blocks of 256 bits, of which one hash touches one, in each
 * of its eight words one bit. The layout is that of Parquet's split-block Bloom filters. Immutable.
 */
public final class SplitBlockBloom {
    public static final int BLOCK_BYTES = 32;

    private static final int WORDS = 8;
    private static final int[] SALTS = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final ByteSlice bits;

    private SplitBlockBloom(ByteSlice bits) {
        this.bits = bits;
    }

    /**
     * @param hashes     well mixed; the first {@code count} of them are taken
     * @param bitsEach   12 say yes to one in about 200 that are not there, 16 to one in 1,000
     */
    public static SplitBlockBloom of(long[] hashes, int count, int bitsEach) {
        int blocks = Math.clamp(((long) count * bitsEach + 255) / 256, 1, 1 << 24);
        var bits = new byte[blocks * BLOCK_BYTES];
        for (int i = 0; i < count; i++) {
            add(bits, hashes[i]);
        }
        return new SplitBlockBloom(ByteSlice.of(bits));
    }

    /** @throws CorruptBlobException where the bytes are not whole blocks, at least one */
    public static SplitBlockBloom read(ByteSlice bytes) {
        if (bytes.length() == 0 || bytes.length() % BLOCK_BYTES != 0) {
            throw new CorruptBlobException("a filter of %d bytes".formatted(bytes.length()));
        }
        return new SplitBlockBloom(bytes);
    }

    public ByteSlice bytes() {
        return bits;
    }

    public boolean mayContain(long hash) {
        int at = bits.offset() + blockOf(hash, bits.length());
        int low = (int) hash;
        for (int i = 0; i < WORDS; i++) {
            int word = (int) Bytes.INT.get(bits.array(), at + i * Integer.BYTES);
            if ((word & (1 << ((low * SALTS[i]) >>> 27))) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void add(byte[] bits, long hash) {
        int at = blockOf(hash, bits.length);
        int low = (int) hash;
        for (int i = 0; i < WORDS; i++) {
            int word = at + i * Integer.BYTES;
            Bytes.INT.set(bits, word, (int) Bytes.INT.get(bits, word) | (1 << ((low * SALTS[i]) >>> 27)));
        }
    }

    private static int blockOf(long hash, int bytes) {
        return (int) (((hash >>> 32) * (bytes / BLOCK_BYTES)) >>> 32) * BLOCK_BYTES;
    }
}

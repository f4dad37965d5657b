package io.spanlake.storage.wal;

/**
 * How a WAL object is written. Readers need none of it.
 *
 * @param blockBytes a block is closed before it would pass this, uncompressed: smaller blocks compress less, larger
 *     ones cost a reader of one row more. A write larger than this has a block of its own
 * @param level      of zstd, 1 to 19
 */
public record WalEncoding(int blockBytes, int level) {
    /** 256 KiB at level 1: WAL objects live for minutes, so cheap beats small. */
    public static final WalEncoding DEFAULT = new WalEncoding(256 << 10, 1);

    public WalEncoding {
        if (blockBytes < 1 || blockBytes > WalFormat.BLOCK_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a block has 1 to %d bytes, not %d".formatted(WalFormat.BLOCK_BYTES_MAX, blockBytes));
        }
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("a zstd level is 1 to 19, not " + level);
        }
    }
}

package io.spanlake.blobstore;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param folder     belongs to the cache alone: it is emptied at start, since what is in it is not trusted after a crash
 * @param bytesMax   most bytes of all blocks on disk
 * @param blockBytes bytes of one block: a smaller one reads less that nobody asked for, a larger one asks the store less
 *                   often
 * @param diskPatience a disk that takes longer is passed by, and the store is read instead
 */
public record BlockCacheSettings(Path folder, long bytesMax, int blockBytes, Duration diskPatience) {
    public BlockCacheSettings {
        if (blockBytes < 1 || bytesMax < blockBytes) {
            throw new IllegalArgumentException(
                    "no room for a block: blockBytes %d, bytesMax %d".formatted(blockBytes, bytesMax));
        }
    }

    /** Blocks of 1 MiB and 2 s of patience. */
    public static BlockCacheSettings of(Path folder, long bytesMax) {
        return new BlockCacheSettings(folder, bytesMax, 1 << 20, Duration.ofSeconds(2));
    }
}

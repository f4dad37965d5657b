package io.spanlake.storage.part;

/**
 * How a part is written. Readers need none of it.
 *
 * @param frameBytes    a frame of rows is closed at the first end of a trace beyond this, before compression: smaller ones
 *                      compress less, larger ones cost a reader of one row more
 * @param frameBytesMax a frame is closed within a trace before it would pass this
 * @param level         of zstd, 1 to 19
 * @param indexBytes    most memory of each of the two indexes: what does not fit goes to disk on the way and is merged at
 *                      the end
 */
public record PartSettings(int frameBytes, int frameBytesMax, int level, long indexBytes) {
    /**
     * Frames of 2 MiB at level 6, 64 MiB for each index. Of recorded traces level 9 takes 3% off the rows for half as much time
     * again, frames of 4 MiB 2% (docs/formats/part.md).
     */
    public static final PartSettings DEFAULT = new PartSettings(2 << 20, 8 << 20, 6, 64 << 20);

    /** The usual, with other memory for each index. */
    public static PartSettings withIndexBytes(long indexBytes) {
        return new PartSettings(DEFAULT.frameBytes, DEFAULT.frameBytesMax, DEFAULT.level, indexBytes);
    }

    public PartSettings {
        if (frameBytes < 1 || frameBytesMax < frameBytes) {
            throw new IllegalArgumentException(
                    "no frame: frameBytes %d, frameBytesMax %d".formatted(frameBytes, frameBytesMax));
        }
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("a zstd level is 1 to 19, not " + level);
        }
    }
}

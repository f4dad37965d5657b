package io.spanlake.storage.processed;

/**
 * How a processed blob is written. Readers need none of it.
 *
 * @param frameBytes a frame is closed before it would pass this, uncompressed: smaller frames compress less, larger ones
 *     cost a reader of one row more. A row larger than this has a frame of its own
 * @param level      of zstd, 1 to 19
 * @param wordBits   bits of the token filter for each different word of a frame: 8 let through one frame in 40 that has
 *     not all of one word, 12 one in 200
 */
public record ProcessedEncoding(int frameBytes, int level, int wordBits) {
    /** 256 KiB at level 1: processed blobs live for minutes, so cheap beats small. */
    public static final ProcessedEncoding DEFAULT = new ProcessedEncoding(256 << 10, 1, 10);

    public ProcessedEncoding {
        if (frameBytes < 1 || frameBytes > ProcessedFormat.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame has 1 to %d bytes, not %d".formatted(ProcessedFormat.FRAME_BYTES_MAX, frameBytes));
        }
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("a zstd level is 1 to 19, not " + level);
        }
        if (wordBits < 1 || wordBits > 32) {
            throw new IllegalArgumentException("a word has 1 to 32 bits, not " + wordBits);
        }
    }
}

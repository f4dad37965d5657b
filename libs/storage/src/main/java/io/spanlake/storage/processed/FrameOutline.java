package io.spanlake.storage.processed;

/**
 * Enough to read a frame again whose states were checked against the footer before: 4 bytes a row, where the footer's words on a
 * row take 160. Immutable.
 */
public final class FrameOutline {
    private final long offset;
    private final int length;
    private final int uncompressedBytes;
    private final int crc32c;
    /** Of the states, which lie one behind another. */
    private final int[] rowOffsets;

    private FrameOutline(FrameRef ref) {
        this.offset = ref.offset();
        this.length = ref.length();
        this.uncompressedBytes = ref.uncompressedBytes();
        this.crc32c = ref.crc32c();
        this.rowOffsets = ref.rows().stream().mapToInt(ProcessedRow::offset).toArray();
    }

    public static FrameOutline of(FrameRef ref) {
        return new FrameOutline(ref);
    }

    /** In the blob. */
    public long offset() {
        return offset;
    }

    /** In bytes, compressed. */
    int length() {
        return length;
    }

    /** Of all its row states. */
    public int uncompressedBytes() {
        return uncompressedBytes;
    }

    int crc32c() {
        return crc32c;
    }

    public int rows() {
        return rowOffsets.length;
    }

    int rowOffset(int row) {
        return rowOffsets[row];
    }

    int rowEnd(int row) {
        return row + 1 < rowOffsets.length ? rowOffsets[row + 1] : uncompressedBytes;
    }
}

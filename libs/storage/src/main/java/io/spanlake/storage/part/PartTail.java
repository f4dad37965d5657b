package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.SplitBlockBloom;
import io.spanlake.storage.container.ZstdFrame;
import java.util.List;

/**
 * The tail of a part, checked and decoded.
 *
 * @param footer    what lies where
 * @param rowBloom  of row ids
 * @param spanBloom of span ids
 * @param traceBloom of traces
 * @param hotcaches of the indexes
 */
record PartTail(
        PartFooter footer,
        SplitBlockBloom rowBloom,
        SplitBlockBloom spanBloom,
        SplitBlockBloom traceBloom,
        List<ByteSlice> hotcaches,
        long tailBytes) {
    PartTail {
        hotcaches = List.copyOf(hotcaches);
    }

    /** @param tail the bytes {@code [tailOffset, blobBytes)} */
    static PartTail read(ByteSlice tail, long tailOffset, long blobBytes) {
        var footer = PartFooterReader.read(PartFormat.BLOB.footerAndTrailer(tail), blobBytes);
        if (footer.tailOffset() != tailOffset) {
            throw new CorruptBlobException(
                    "the tail begins at %d, not at %d".formatted(footer.tailOffset(), tailOffset));
        }
        try {
            return new PartTail(
                    footer,
                    SplitBlockBloom.read(footer.rowBloom().in(tail, tailOffset)),
                    SplitBlockBloom.read(footer.spanBloom().in(tail, tailOffset)),
                    SplitBlockBloom.read(footer.traceBloom().in(tail, tailOffset)),
                    footer.hotcaches().stream()
                            .map(frame -> hotcache(frame, tail, tailOffset))
                            .toList(),
                    tail.length());
        } catch (IllegalArgumentException e) {
            throw new CorruptBlobException("tail: " + e.getMessage(), e);
        }
    }

    private static ByteSlice hotcache(FrameRef frame, ByteSlice tail, long tailOffset) {
        var bytes = tail.slice((int) (frame.offset() - tailOffset), frame.length());
        return ByteSlice.of(
                ZstdFrame.read("hotcache at " + frame.offset(), bytes, frame.crc32c(), frame.uncompressedBytes()));
    }
}

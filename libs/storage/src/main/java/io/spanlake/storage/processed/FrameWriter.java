package io.spanlake.storage.processed;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowStateCodec;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.SplitBlockBloom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packs the row states of a section into compressed frames, and collects the words of each. Not thread-safe. */
final class FrameWriter implements AutoCloseable {
    private static final int BUFFER_BYTES_FIRST = 32 << 10;
    /** Of a large row; the writer lives for one blob. */
    private static final int ROW_BYTES_KEPT = 16 << 20;

    /** A frame that is written; where its filter will lie is not known before all frames are. */
    record Written(
            long offset,
            int length,
            int uncompressedBytes,
            int crc32c,
            SplitBlockBloom filter,
            List<ProcessedRow> rows) {}

    private final ProcessedEncoding encoding;
    private final BlobParts parts;
    private final ZstdCompressCtx zstd;
    private final ByteOutput frame = new ByteOutput(BUFFER_BYTES_FIRST);
    private final BinaryWriter row = new BinaryWriter(BUFFER_BYTES_FIRST);
    private final WordSet words = new WordSet();
    private List<ProcessedRow> rows = new ArrayList<>();
    private List<Written> frames = new ArrayList<>();

    FrameWriter(ProcessedEncoding encoding, BlobParts parts) {
        this.encoding = encoding;
        this.parts = parts;
        this.zstd = new ZstdCompressCtx().setLevel(encoding.level());
    }

    void add(RowState state, Optional<String> placementTrace) {
        RowStateCodec.encode(state, row.clear(ROW_BYTES_KEPT));
        var bytes = row.toSlice();
        mustFit(state.object(), bytes.length());
        if (frame.length() > 0 && (long) frame.length() + bytes.length() > encoding.frameBytes()) {
            closeFrame();
        }
        rows.add(ProcessedRow.of(state, placementTrace, frame.length(), bytes.length()));
        frame.bytes(bytes);
        state.forEachPiece(piece -> Words.ofJson(piece, words::add));
    }

    private static void mustFit(ObjectRef object, int bytes) {
        if (bytes > ProcessedFormat.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a row state of %d bytes of %s; a frame holds at most %d"
                    .formatted(bytes, object, ProcessedFormat.FRAME_BYTES_MAX));
        }
    }

    private void closeFrame() {
        long offset = parts.bytes();
        var compressed = parts.appendCompressed(zstd, frame);
        frames.add(new Written(
                offset,
                compressed.length(),
                frame.length(),
                Crc.of(compressed),
                words.take(encoding.wordBits()),
                rows));
        rows = new ArrayList<>();
        frame.clear();
    }

    /** The frames since the last section. */
    List<Written> endSection() {
        if (!rows.isEmpty()) {
            closeFrame();
        }
        var section = frames;
        frames = new ArrayList<>();
        return section;
    }

    /** Ends the blob. */
    void end(ByteOutput footer) {
        ProcessedFormat.FORMAT.end(parts, zstd, footer);
    }

    @Override
    public void close() {
        zstd.close();
    }
}

package io.spanlake.storage.wal;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Write;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.IdText;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs writes into compressed blocks. One zstd context and one block buffer serve all blocks of a flush; the only copy
 * of a row's JSON is the one into that buffer. Not thread-safe.
 */
final class BlockWriter implements AutoCloseable {
    private static final byte[] NO_TRACE = {};
    private static final int BUFFER_BYTES_FIRST = 32 << 10;
    private static final int FIXED_BYTES = 1 + Long.BYTES + Short.BYTES;

    private final int blockBytes;
    private final BlobParts parts;
    private final ZstdCompressCtx zstd;
    private final ByteOutput block = new ByteOutput(BUFFER_BYTES_FIRST);
    private List<WriteRef> refs = new ArrayList<>();
    private List<BlockRef> blocks = new ArrayList<>();

    BlockWriter(WalEncoding encoding, BlobParts parts) {
        this.blockBytes = encoding.blockBytes();
        this.parts = parts;
        this.zstd = new ZstdCompressCtx().setLevel(encoding.level());
    }

    /** Writes blocks of one object. */
    List<BlockRef> write(ObjectRef object, List<Write> writes) {
        blocks = new ArrayList<>();
        for (var write : writes) {
            add(object, write);
        }
        closeBlock(object);
        return blocks;
    }

    /** Ends the blob. */
    void end(ByteOutput footer) {
        WalFormat.FORMAT.end(parts, zstd, footer);
    }

    private void add(ObjectRef object, Write write) {
        byte[] row = IdText.encode(write.rowId());
        byte[] trace = write.traceId().map(IdText::encode).orElse(NO_TRACE);
        boolean namesTrace = write.traceId().isPresent();
        long length = lengthOf(row, trace, namesTrace, write.json());
        if (length > WalFormat.BLOCK_BYTES_MAX) {
            throw new IllegalArgumentException("a write of %d bytes to %s at stamp %s; a block holds at most %d"
                    .formatted(length, object, write.stamp().paginationKey(), WalFormat.BLOCK_BYTES_MAX));
        }
        if (block.length() > 0 && block.length() + length > blockBytes) {
            closeBlock(object);
        }
        int offset = block.length();
        put(write, row, trace, namesTrace);
        long traceHash = namesTrace ? Placement.hash(write.traceId().orElseThrow()) : 0;
        refs.add(new WriteRef(
                Placement.hash(write.rowId()), traceHash, namesTrace, write.stamp(), write.kind(), offset, (int)
                        length));
    }

    private void put(Write write, byte[] row, byte[] trace, boolean namesTrace) {
        block.u8(write.kind().code() | (namesTrace ? WalFormat.NAMES_TRACE : 0))
                .u64(write.stamp().transaction().value())
                .u16(write.stamp().position())
                .blob(row);
        if (namesTrace) {
            block.blob(trace);
        }
        block.blob(write.json());
    }

    private static long lengthOf(byte[] row, byte[] trace, boolean namesTrace, ByteSlice json) {
        long ids = ByteOutput.blobBytes(row.length) + (namesTrace ? ByteOutput.blobBytes(trace.length) : 0);
        return FIXED_BYTES + ids + ByteOutput.blobBytes(json.length());
    }

    private void closeBlock(ObjectRef object) {
        if (refs.isEmpty()) {
            return;
        }
        long offset = parts.bytes();
        var compressed = parts.appendCompressed(zstd, block);
        blocks.add(new BlockRef(object, offset, compressed.length(), block.length(), Crc.of(compressed), refs));
        refs = new ArrayList<>();
        block.clear();
    }

    @Override
    public void close() {
        zstd.close();
    }
}

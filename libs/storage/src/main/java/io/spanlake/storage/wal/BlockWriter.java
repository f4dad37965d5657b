package io.spanlake.storage.wal;

import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.storage.container.BlobParts;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.Crc;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs writes into compressed blocks, and puts blocks that come packed beside them. One zstd context and one block buffer
 * serve all blocks of a flush. Not thread-safe.
 */
final class BlockWriter implements AutoCloseable {
    private final BlobParts parts;
    private final ZstdCompressCtx zstd;
    private final BlockBuffer open;
    private List<BlockRef> blocks = new ArrayList<>();

    BlockWriter(WalEncoding encoding, BlobParts parts) {
        this.open = new BlockBuffer(encoding.blockBytes());
        this.parts = parts;
        this.zstd = new ZstdCompressCtx().setLevel(encoding.level());
    }

    /** Writes blocks of one object: first those that are packed already, as they are. */
    List<BlockRef> write(ObjectRef object, List<PackedBlock> packed, List<Write> writes) {
        blocks = new ArrayList<>();
        packed.forEach(this::copy);
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

    private void copy(PackedBlock block) {
        long offset = parts.bytes();
        parts.append(block.frame());
        blocks.add(new BlockRef(
                block.object(),
                offset,
                block.frame().length(),
                block.uncompressedBytes(),
                block.crc32c(),
                block.writes()));
    }

    private void add(ObjectRef object, Write write) {
        if (!open.add(object, write)) {
            closeBlock(object);
            open.add(object, write);
        }
    }

    private void closeBlock(ObjectRef object) {
        if (open.isEmpty()) {
            return;
        }
        long offset = parts.bytes();
        var plain = open.bytes();
        var compressed = parts.appendCompressed(zstd, plain);
        blocks.add(new BlockRef(object, offset, compressed.length(), plain.length(), Crc.of(compressed), open.refs()));
        open.clear();
    }

    @Override
    public void close() {
        zstd.close();
    }
}

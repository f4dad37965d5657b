package io.spanlake.storage.wal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.storage.container.Crc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes → blocks that a WAL object can take as they are. One zstd context and its buffers serve all of them, so keep it
 * for long. Not thread-safe; CPU work.
 */
public final class BlockPacker implements AutoCloseable {
    /** About what stands around the JSON of a write: a block whose size was foretold too low would leave a rest. */
    private static final int WRITE_OVERHEAD_BYTES = 160;

    private final int blockBytes;
    private final BlockBuffer open;
    private final ZstdCompressCtx zstd;
    private byte[] compressed = {};

    public BlockPacker(WalEncoding encoding) {
        this.blockBytes = encoding.blockBytes();
        this.open = new BlockBuffer(encoding.blockBytes());
        this.zstd = new ZstdCompressCtx().setLevel(encoding.level());
    }

    /**
     * By object; within an object in {@link TraceOrder}, so that what repeats itself lies side by side. Where it takes
     * several blocks they are of about one size, for a small rest would compress badly.
     *
     * @throws IllegalArgumentException where a write has more than 32 MiB; nothing is left over from it
     */
    public List<PackedBlock> pack(List<Write> writes) {
        var blocks = new ArrayList<PackedBlock>();
        try {
            TraceOrder.of(writes).forEach((object, ofObject) -> {
                open.closeAt(evenly(ofObject));
                for (var write : ofObject) {
                    if (!open.add(object, write)) {
                        blocks.add(close(object));
                        open.add(object, write);
                    }
                }
                blocks.add(close(object));
            });
        } finally {
            open.clear();
        }
        return blocks;
    }

    private int evenly(List<Write> writes) {
        long all = 0;
        long largest = 0;
        for (var write : writes) {
            long bytes = (long) write.json().length() + WRITE_OVERHEAD_BYTES;
            all += bytes;
            largest = Math.max(largest, bytes);
        }
        long blocks = (all + blockBytes - 1) / blockBytes;
        return (int) Math.min(blockBytes, all / Math.max(1, blocks) + largest);
    }

    private PackedBlock close(ObjectRef object) {
        var plain = open.bytes();
        int bound = (int) Zstd.compressBound(plain.length());
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int length = zstd.compressByteArray(compressed, 0, bound, plain.array(), 0, plain.length());
        var frame = ByteSlice.of(Arrays.copyOf(compressed, length));
        var block = new PackedBlock(object, plain.length(), Crc.of(frame), open.refs(), frame);
        open.clear();
        if (compressed.length > BlockBuffer.BYTES_KEPT_MAX) {
            compressed = new byte[0];
        }
        return block;
    }

    @Override
    public void close() {
        zstd.close();
    }
}

package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import io.spanlake.storage.container.ZstdFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks back to writes. */
public final class WalBlockReader {
    private WalBlockReader() {}

    /**
     * Every write of a block, in the order of {@link BlockRef#writes()}, each checked against what the footer says of
     * it. Their JSON are slices of one array, the block uncompressed: it lives as long as any of them. CPU work: call it
     * off the event loops.
     *
     * @param bytes the block's bytes, exactly
     * @throws CorruptBlobException where a byte of it is not what was written
     */
    public static List<Write> decode(BlockRef block, ByteSlice bytes) {
        var what = "block at " + block.offset();
        if (bytes.length() != block.length()) {
            throw new CorruptBlobException("%s: %d bytes, not %d".formatted(what, bytes.length(), block.length()));
        }
        var plain = ZstdFrame.read(what, bytes, block.crc32c(), block.uncompressedBytes());
        try {
            return writes(block, ByteInput.of(what, ByteSlice.of(plain)));
        } catch (IllegalArgumentException e) {
            throw new CorruptBlobException(what + ": " + e.getMessage(), e);
        }
    }

    private static List<Write> writes(BlockRef block, ByteInput in) {
        var writes = new ArrayList<Write>(block.writes().size());
        for (var ref : block.writes()) {
            var write = write(block, in);
            long rowHash = Placement.hash(write.rowId());
            long traceHash = write.traceId().map(Placement::hash).orElse(0L);
            if (in.position() != ref.offset() + ref.length() || !ref.describes(write, rowHash, traceHash)) {
                throw in.corrupt("write %d is not the one that the footer describes".formatted(writes.size()));
            }
            writes.add(write);
        }
        return writes;
    }

    private static Write write(BlockRef block, ByteInput in) {
        int flags = in.u8();
        var kind = WriteKind.ofCode(flags & ~WalFormat.NAMES_TRACE);
        var stamp = new Stamp(new TransactionId(in.u64()), in.u16());
        var rowId = IdText.decode(in.blob());
        Optional<String> traceId =
                (flags & WalFormat.NAMES_TRACE) == 0 ? Optional.empty() : Optional.of(IdText.decode(in.blob()));
        return new Write(block.object(), rowId, traceId, stamp, kind, in.blob());
    }
}

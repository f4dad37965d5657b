package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Write;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.IdText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block that is being filled, before it is compressed; the only copy of a row's JSON is the one into it. Not
 * thread-safe.
 */
final class BlockBuffer {
    private static final byte[] NO_TRACE = {};
    private static final int BYTES_FIRST = 32 << 10;
    private static final int FIXED_BYTES = 1 + Long.BYTES + Short.BYTES;
    /** A larger one, which a huge write made, is not kept for the next block. */
    static final int BYTES_KEPT_MAX = 2 << 20;

    /** Rows of a trace lie side by side, and name it each. */
    private @Nullable String lastTrace;

    private byte[] lastTraceBytes = NO_TRACE;
    private long lastTraceHash;

    private int blockBytes;
    private ByteOutput block = new ByteOutput(BYTES_FIRST);
    private List<WriteRef> refs = new ArrayList<>();

    /** @param blockBytes a block is full before it would pass this; a larger write has one of its own */
    BlockBuffer(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** From here on another size. */
    void closeAt(int bytes) {
        blockBytes = bytes;
    }

    boolean isEmpty() {
        return refs.isEmpty();
    }

    /** The writes, uncompressed; until the next change. */
    ByteOutput bytes() {
        return block;
    }

    List<WriteRef> refs() {
        return refs;
    }

    void clear() {
        refs = new ArrayList<>();
        if (block.array().length > BYTES_KEPT_MAX) {
            block = new ByteOutput(BYTES_FIRST);
        } else {
            block.clear();
        }
    }

    /**
     * Puts the write behind the others.
     *
     * @return false where the block has to be closed before
     * @throws IllegalArgumentException where it is larger than any block
     */
    boolean add(ObjectRef object, Write write) {
        byte[] row = IdText.encode(write.rowId());
        boolean namesTrace = write.traceId().isPresent();
        if (namesTrace) {
            remember(write.traceId().orElseThrow());
        }
        byte[] trace = namesTrace ? lastTraceBytes : NO_TRACE;
        long length = lengthOf(row, trace, namesTrace, write.json());
        if (length > WalFormat.BLOCK_BYTES_MAX) {
            throw new IllegalArgumentException("a write of %d bytes to %s at stamp %s; a block holds at most %d"
                    .formatted(length, object, write.stamp().paginationKey(), WalFormat.BLOCK_BYTES_MAX));
        }
        if (!isEmpty() && block.length() + length > blockBytes) {
            return false;
        }
        int offset = block.length();
        put(write, row, trace, namesTrace);
        long traceHash = namesTrace ? lastTraceHash : 0;
        refs.add(new WriteRef(
                Placement.hash(write.rowId()), traceHash, namesTrace, write.stamp(), write.kind(), offset, (int)
                        length));
        return true;
    }

    private void remember(String trace) {
        if (!trace.equals(lastTrace)) {
            lastTrace = trace;
            lastTraceBytes = IdText.encode(trace);
            lastTraceHash = Placement.hash(trace);
        }
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
}

package io.spanlake.storage.wal;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.CorruptBlobException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said of a block, where it does not stand beside it: the same bytes in the footer of a WAL object and at the head
 * of an envelope.
 *
 * @param length            of the block, compressed, in bytes
 * @param uncompressedBytes of all its writes
 * @param crc32c            of the compressed bytes
 * @param writes            at least one, in the order in which they stand
 */
record BlockEntry(int length, int uncompressedBytes, int crc32c, List<WriteRef> writes) {
    /** Flags, row hash, transaction, position, length. */
    private static final int WRITE_BYTES_MIN = 1 + 8 + 8 + 2 + 1;

    static final int BYTES_MIN = 1 + 1 + 4 + 1 + WRITE_BYTES_MIN;

    BlockEntry {
        writes = List.copyOf(writes);
    }

    void write(ByteOutput out) {
        out.varint(length).varint(uncompressedBytes).u32(crc32c).varint(writes.size());
        writes.forEach(write -> write(out, write));
    }

    /** @throws CorruptBlobException where lengths and counts do not agree; IllegalArgumentException where a field is none */
    static BlockEntry read(ByteInput in) {
        int length = in.varint32();
        int uncompressedBytes = in.varint32();
        int crc32c = in.u32();
        var writes = writes(in, in.count(WRITE_BYTES_MIN));
        long sum = writes.stream().mapToLong(WriteRef::length).sum();
        if (length < 1 || writes.isEmpty() || sum != uncompressedBytes || sum > WalFormat.BLOCK_BYTES_MAX) {
            throw in.corrupt("a block of %d bytes, %d uncompressed, whose %d writes have %d"
                    .formatted(length, uncompressedBytes, writes.size(), sum));
        }
        return new BlockEntry(length, uncompressedBytes, crc32c, writes);
    }

    private static void write(ByteOutput out, WriteRef write) {
        out.u8(write.kind().code() | (write.namesTrace() ? WalFormat.NAMES_TRACE : 0))
                .u64(write.rowHash());
        if (write.namesTrace()) {
            out.u64(write.traceHash());
        }
        out.u64(write.stamp().transaction().value())
                .u16(write.stamp().position())
                .varint(write.length());
    }

    private static List<WriteRef> writes(ByteInput in, int count) {
        var writes = new ArrayList<WriteRef>(count);
        long offset = 0;
        for (int i = 0; i < count; i++) {
            var write = write(in, (int) offset);
            offset += write.length();
            if (write.length() < 1 || offset > WalFormat.BLOCK_BYTES_MAX) {
                throw in.corrupt("writes of more than a block");
            }
            writes.add(write);
        }
        return writes;
    }

    private static WriteRef write(ByteInput in, int offset) {
        int flags = in.u8();
        if ((flags & ~(WalFormat.KIND_MASK | WalFormat.NAMES_TRACE)) != 0) {
            throw in.corrupt("unknown flags %02x".formatted(flags));
        }
        var kind = WriteKind.ofCode(flags & WalFormat.KIND_MASK);
        boolean namesTrace = (flags & WalFormat.NAMES_TRACE) != 0;
        long rowHash = in.u64();
        long traceHash = namesTrace ? in.u64() : 0;
        var stamp = new Stamp(new TransactionId(in.u64()), in.u16());
        return new WriteRef(rowHash, traceHash, namesTrace, stamp, kind, offset, in.varint32());
    }
}

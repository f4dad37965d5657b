package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Reads footer and trailer, and believes nothing that does not fit the rest: every length is bounded before anything is
 * allocated for it, blocks have to follow one another without a gap, counts and sums have to agree.
 */
final class FooterReader {
    /** Flags, row hash, transaction, position, length. */
    private static final int WRITE_BYTES_MIN = 1 + 8 + 8 + 2 + 1;

    private static final int BLOCK_BYTES_MIN = 1 + 1 + 4 + 1 + WRITE_BYTES_MIN;
    private static final int OBJECT_BYTES_MIN = 1 + 2 + 1 + 8 + 8 + 1 + BLOCK_BYTES_MIN;
    private static final int SECTION_BYTES_MIN = 1 + 1 + 1 + 1 + 1 + 8 + 1;

    private final ByteInput in;
    private long blockOffset = BlobFormat.HEADER_BYTES;

    private FooterReader(ByteInput in) {
        this.in = in;
    }

    static WalFooter read(ByteSlice footerAndTrailer, long blobBytes) {
        var in = WalFormat.FORMAT.footer(footerAndTrailer, blobBytes);
        try {
            return new FooterReader(in).footer(blobBytes, blobBytes - footerAndTrailer.length());
        } catch (IllegalArgumentException e) {
            throw new CorruptBlobException("footer: " + e.getMessage(), e);
        }
    }

    private WalFooter footer(long blobBytes, long footerOffset) {
        var organization = new OrganizationId(in.uuid());
        int count = in.count(SECTION_BYTES_MIN);
        var sections = new ArrayList<WalSectionFooter>(count);
        var partitions = new HashSet<Integer>();
        for (int i = 0; i < count; i++) {
            var section = section();
            if (!partitions.add(section.partition())) {
                throw in.corrupt("partition %d twice".formatted(section.partition()));
            }
            sections.add(section);
        }
        if (!in.isAtEnd()) {
            throw in.corrupt("bytes after the last section");
        }
        if (blockOffset != footerOffset) {
            throw in.corrupt("the blocks end at %d, the footer begins at %d".formatted(blockOffset, footerOffset));
        }
        return new WalFooter(organization, blobBytes, footerOffset, sections);
    }

    private WalSectionFooter section() {
        int partition = in.varint32();
        int incarnation = in.varint32();
        long first = in.varint();
        long next = in.varint();
        long writes = in.varint();
        long stampSum = in.u64();
        int count = in.count(OBJECT_BYTES_MIN);
        var objects = new ArrayList<ObjectBlocks>(count);
        var refs = new HashSet<ObjectRef>();
        for (int i = 0; i < count; i++) {
            var object = object();
            if (!refs.add(object.object())) {
                throw in.corrupt("an object twice in partition %d".formatted(partition));
            }
            objects.add(object);
        }
        var section = new WalSectionFooter(partition, incarnation, first, next, writes, stampSum, objects);
        mustBalance(section);
        return section;
    }

    private void mustBalance(WalSectionFooter section) {
        if (section.next() <= section.first()) {
            throw in.corrupt("not a range: [%d, %d)".formatted(section.first(), section.next()));
        }
        long writes = 0;
        long stampSum = 0;
        for (var object : section.objects()) {
            writes += object.writes();
            stampSum += FooterSums.stampSum(object);
        }
        if (writes != section.writes()) {
            throw in.corrupt(
                    "partition %d has %d writes, not %d".formatted(section.partition(), writes, section.writes()));
        }
        if (stampSum != section.stampSum()) {
            throw in.corrupt("the stamps of partition %d do not add up".formatted(section.partition()));
        }
    }

    private ObjectBlocks object() {
        var ref = new ObjectRef(ObjectType.ofCode(in.u8()), IdText.decode(in.blob()));
        long writes = in.varint();
        var oldest = new TransactionId(in.u64());
        var newest = new TransactionId(in.u64());
        int count = in.count(BLOCK_BYTES_MIN);
        var blocks = new ArrayList<BlockRef>(count);
        for (int i = 0; i < count; i++) {
            blocks.add(block(ref));
        }
        var stated = new ObjectBlocks(ref, writes, oldest, newest, blocks);
        if (blocks.isEmpty() || !stated.equals(FooterSums.objectBlocks(ref, blocks))) {
            throw in.corrupt("counts or times of an object do not agree with its writes");
        }
        return stated;
    }

    private BlockRef block(ObjectRef object) {
        int length = in.varint32();
        int uncompressedBytes = in.varint32();
        int crc32c = in.u32();
        var writes = writes(in.count(WRITE_BYTES_MIN));
        long sum = writes.stream().mapToLong(WriteRef::length).sum();
        if (length < 1 || writes.isEmpty() || sum != uncompressedBytes || sum > WalFormat.BLOCK_BYTES_MAX) {
            throw in.corrupt("a block of %d bytes, %d uncompressed, whose %d writes have %d"
                    .formatted(length, uncompressedBytes, writes.size(), sum));
        }
        var block = new BlockRef(object, blockOffset, length, uncompressedBytes, crc32c, writes);
        blockOffset += length;
        return block;
    }

    private List<WriteRef> writes(int count) {
        var writes = new ArrayList<WriteRef>(count);
        long offset = 0;
        for (int i = 0; i < count; i++) {
            var write = write((int) offset);
            offset += write.length();
            if (write.length() < 1 || offset > WalFormat.BLOCK_BYTES_MAX) {
                throw in.corrupt("writes of more than a block");
            }
            writes.add(write);
        }
        return writes;
    }

    private WriteRef write(int offset) {
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

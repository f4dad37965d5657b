package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import java.util.ArrayList;
import java.util.HashSet;

/**
 * Reads footer and trailer, and believes nothing that does not fit the rest: every length is bounded before anything is
 * allocated for it, blocks have to follow one another without a gap, counts and sums have to agree.
 */
final class FooterReader {
    private static final int OBJECT_BYTES_MIN = 1 + 2 + 1 + 8 + 8 + 1 + BlockEntry.BYTES_MIN;
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
        int count = in.count(BlockEntry.BYTES_MIN);
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
        var entry = BlockEntry.read(in);
        var block = new BlockRef(
                object, blockOffset, entry.length(), entry.uncompressedBytes(), entry.crc32c(), entry.writes());
        blockOffset += entry.length();
        return block;
    }
}

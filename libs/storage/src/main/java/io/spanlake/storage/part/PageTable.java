package io.spanlake.storage.part;

import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;

/**
 * Where the pages of a stretch of a part lie, of lookups and indexes: bytes that are read a few at a time, cut into pages of
 * 32 KiB, each compressed by itself.
 */
final class PageTable {
    static final int PAGE_BYTES = PartFormat.PAGE_BYTES;
    private static final int ENTRY_BYTES_MIN = 1 + Integer.BYTES;

    private final long bytes;
    /** Of each page where it begins in the blob, and at the end where the last one ends. */
    private final long[] offsets;

    private final int[] crcs;

    private PageTable(long bytes, long[] offsets, int[] crcs) {
        this.bytes = bytes;
        this.offsets = offsets;
        this.crcs = crcs;
    }

    /**
     * @param bytes   of the stretch, uncompressed
     * @param offset  of the first page, in the blob
     * @param lengths of the pages as they are stored; a page that is stored as it is has its own length
     * @param crcs    of the pages as they are stored
     */
    static PageTable of(long bytes, long offset, int[] lengths, int[] crcs) {
        var offsets = new long[lengths.length + 1];
        offsets[0] = offset;
        for (int i = 0; i < lengths.length; i++) {
            offsets[i + 1] = offsets[i] + lengths[i];
        }
        return new PageTable(bytes, offsets, crcs);
    }

    void writeTo(ByteOutput out) {
        out.varint(bytes);
        for (int i = 0; i < crcs.length; i++) {
            out.varint(offsets[i + 1] - offsets[i]).u32(crcs[i]);
        }
    }

    static PageTable read(ByteInput in, long offset) {
        long bytes = in.varint();
        long pages = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
        if (pages < 0 || pages > in.remaining() / ENTRY_BYTES_MIN) {
            throw in.corrupt("pages of %d bytes in the %d that are left".formatted(bytes, in.remaining()));
        }
        var lengths = new int[(int) pages];
        var crcs = new int[(int) pages];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.varint32();
            crcs[i] = in.u32();
            if (lengths[i] < 1 || lengths[i] > PAGE_BYTES) {
                throw in.corrupt("a page of %d bytes".formatted(lengths[i]));
            }
        }
        return of(bytes, offset, lengths, crcs);
    }

    /** Of the stretch, uncompressed. */
    long bytes() {
        return bytes;
    }

    /** Where the last page ends in the blob. */
    long end() {
        return offsets[crcs.length];
    }

    /** Where a page lies in the blob. */
    long offset(int page) {
        return offsets[page];
    }

    int length(int page) {
        return (int) (offsets[page + 1] - offsets[page]);
    }

    /** Of the page, uncompressed. */
    int plainBytes(int page) {
        return (int) Math.min(PAGE_BYTES, bytes - (long) page * PAGE_BYTES);
    }

    int crc32c(int page) {
        return crcs[page];
    }

    static int pageOf(long position) {
        return Math.toIntExact(position / PAGE_BYTES);
    }

    /** Bytes that the range {@code [first, next)} of the stretch takes in the blob, nearly: for statistics. */
    long storedBytes(long first, long next) {
        long stored = 0;
        for (int page = pageOf(first); page < crcs.length && (long) page * PAGE_BYTES < next; page++) {
            long from = Math.max(first, (long) page * PAGE_BYTES);
            long to = Math.min(next, (long) page * PAGE_BYTES + plainBytes(page));
            stored += (to - from) * length(page) / plainBytes(page);
        }
        return stored;
    }
}

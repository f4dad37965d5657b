package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Checksums of a blob that has none of its own and is read in pieces: one for each page of 32 KiB; the last may be shorter.
 */
final class PageChecksums {
    private static final int PAGE_BYTES = PartFormat.PAGE_BYTES;

    private final long bytes;
    private final int[] crcs;

    private PageChecksums(long bytes, int[] crcs) {
        this.bytes = bytes;
        this.crcs = crcs;
    }

    /** Of the whole blob. */
    long bytes() {
        return bytes;
    }

    void writeTo(ByteOutput out) {
        out.varint(bytes);
        for (int crc : crcs) {
            out.u32(crc);
        }
    }

    static PageChecksums read(ByteInput in) {
        long bytes = in.varint();
        long pages = bytes / PAGE_BYTES + (bytes % PAGE_BYTES == 0 ? 0 : 1);
        if (pages > in.remaining() / Integer.BYTES) {
            throw in.corrupt("checksums of %d bytes in the %d that are left".formatted(bytes, in.remaining()));
        }
        var crcs = new int[(int) pages];
        for (int i = 0; i < crcs.length; i++) {
            crcs[i] = in.u32();
        }
        return new PageChecksums(bytes, crcs);
    }

    /** The beginning of the page that holds the offset. */
    long pageFirst(long offset) {
        return offset - offset % PAGE_BYTES;
    }

    /** The end of the page that ends at the offset or holds it. */
    long pageNext(long offset) {
        return Math.min(bytes, (offset + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
    }

    /**
     * @param pages whole pages, from {@code offset} on
     * @throws CorruptBlobException where one is not what was written
     */
    void mustMatch(long offset, ByteSlice pages) {
        int at = 0;
        while (at < pages.length()) {
            int length = (int) Math.min(PAGE_BYTES - (offset + at) % PAGE_BYTES, pages.length() - at);
            int crc = Crc.of(pages.slice(at, length));
            int stated = crcs[(int) ((offset + at) / PAGE_BYTES)];
            if (crc != stated) {
                throw new CorruptBlobException(
                        "page at %d: CRC32C is %s, not %s".formatted(offset + at, Crc.hex(crc), Crc.hex(stated)));
            }
            at += length;
        }
    }

    /** Sums up bytes as they are written. Not thread-safe. */
    static final class Writer {
        private long at;
        private final CRC32C crc = new CRC32C();
        private int[] crcs = new int[64];
        private int count;

        void update(byte[] array, int offset, int length) {
            int done = 0;
            while (done < length) {
                int room = (int) Math.min(PAGE_BYTES - at % PAGE_BYTES, length - done);
                crc.update(array, offset + done, room);
                done += room;
                at += room;
                if (at % PAGE_BYTES == 0) {
                    closePage();
                }
            }
        }

        private void closePage() {
            crcs = count == crcs.length ? Arrays.copyOf(crcs, 2 * count) : crcs;
            crcs[count++] = (int) crc.getValue();
            crc.reset();
        }

        PageChecksums finish() {
            if (at % PAGE_BYTES != 0) {
                closePage();
            }
            return new PageChecksums(at, Arrays.copyOf(crcs, count));
        }
    }
}

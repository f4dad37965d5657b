package io.spanlake.storage.part;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.Crc;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Cuts bytes into pages and writes each compressed, or as it is where that is not smaller. Blocks. Not thread-safe. */
final class PageWriter implements Closeable {
    /** Postings and dictionaries: higher ones find nothing more. */
    private static final int LEVEL = 5;

    private static final int COPY_BYTES = 256 << 10;

    private final PartOutput target;
    private final long offset;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setContentSize(true);
    private final byte[] page = new byte[PageTable.PAGE_BYTES];
    private final byte[] compressed = new byte[(int) Zstd.compressBound(PageTable.PAGE_BYTES)];
    private int[] lengths = new int[64];
    private int[] crcs = new int[64];
    private int pages;
    private int used;

    PageWriter(PartOutput target) {
        this.target = target;
        this.offset = target.position();
    }

    /** Bytes so far, uncompressed: the place of what comes next. */
    long position() {
        return (long) pages * page.length + used;
    }

    void append(Path file) throws IOException {
        FileBytes.forEach(file, COPY_BYTES, this::append);
    }

    void append(ByteSlice bytes) throws IOException {
        int done = 0;
        while (done < bytes.length()) {
            int count = Math.min(page.length - used, bytes.length() - done);
            System.arraycopy(bytes.array(), bytes.offset() + done, page, used, count);
            used += count;
            done += count;
            if (used == page.length) {
                closePage();
            }
        }
    }

    private void closePage() throws IOException {
        int length = zstd.compressByteArray(compressed, 0, compressed.length, page, 0, used);
        var stored = length < used ? ByteSlice.of(compressed, 0, length) : ByteSlice.of(page, 0, used);
        target.append(stored);
        if (pages == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * pages);
            crcs = Arrays.copyOf(crcs, 2 * pages);
        }
        lengths[pages] = stored.length();
        crcs[pages++] = Crc.of(stored);
        used = 0;
    }

    PageTable finish() throws IOException {
        long bytes = position();
        if (used > 0) {
            closePage();
        }
        return PageTable.of(bytes, offset, Arrays.copyOf(lengths, pages), Arrays.copyOf(crcs, pages));
    }

    @Override
    public void close() {
        zstd.close();
    }
}

package io.spanlake.storage.part.lucene;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of a blob that were read last. Two threads may read the same page at once; both get it. */
final class BlobPages {
    /** A dictionary block or a stretch of postings fits; a block of the block cache holds many. */
    static final int PAGE_BYTES = 32 << 10;

    private static final int AHEAD_BYTES = 16 * PAGE_BYTES;

    private final PageSource source;
    private final Map<Long, ByteSlice> pages;

    /** @param kept most pages in memory */
    BlobPages(PageSource source, int kept) {
        this.source = source;
        this.pages = new Recent(kept);
    }

    /**
     * Copies what the page that holds {@code offset} has of the range.
     *
     * @param fileNext the place in the blob where the file ends: nothing behind it is asked for
     * @return how many bytes it had, at least 1
     */
    int copy(long offset, byte[] target, int at, int length, long fileNext) throws IOException {
        long first = offset - offset % PAGE_BYTES;
        int from = (int) (offset - first);
        var page = page(first, from, fileNext);
        int count = Math.min(length, page.length() - from);
        System.arraycopy(page.array(), page.offset() + from, target, at, count);
        return count;
    }

    private ByteSlice page(long first, int wanted, long fileNext) throws IOException {
        var known = known(first);
        // A page at the end of a file may have been read short of what the next file needs.
        if (known != null && known.length() > wanted) {
            return known;
        }
        return read(first, (int) Math.min(PAGE_BYTES, fileNext - first), fileNext);
    }

    /** Who reads page after page gets many by one read. */
    private ByteSlice read(long first, int bytes, long fileNext) throws IOException {
        boolean ahead = known(first - PAGE_BYTES) != null;
        int length = ahead ? (int) Math.min(AHEAD_BYTES, fileNext - first) : bytes;
        var read = source.read(first, length);
        synchronized (pages) {
            for (int at = 0; at < length; at += PAGE_BYTES) {
                pages.put(first + at, read.slice(at, Math.min(PAGE_BYTES, length - at)));
            }
        }
        return read.slice(0, bytes);
    }

    private @Nullable ByteSlice known(long first) {
        synchronized (pages) {
            return pages.get(first);
        }
    }

    private static final class Recent extends LinkedHashMap<Long, ByteSlice> {
        private static final long serialVersionUID = 1L;

        private final int kept;

        Recent(int kept) {
            super(16, 0.75f, true);
            this.kept = kept;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteSlice> eldest) {
            return size() > kept;
        }
    }
}

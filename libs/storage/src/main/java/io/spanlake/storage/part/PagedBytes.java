package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.ZstdFrame;
import reactor.core.publisher.Mono;

/** The pages of a part: each is checked and inflated before anything of it is believed. */
final class PagedBytes implements RangeSource {
    private final BlobStore store;
    private final BlobName name;
    private final PageTable pages;

    PagedBytes(BlobStore store, BlobName name, PageTable pages) {
        this.store = store;
        this.name = name;
        this.pages = pages;
    }

    /** By one read of whole pages. */
    @Override
    public Mono<ByteSlice> read(long offset, int length) {
        if (offset < 0 || length < 0 || offset > pages.bytes() - length) {
            return Mono.error(new CorruptBlobException("%s: [%d, %d) is not in the %d bytes of its pages"
                    .formatted(name, offset, offset + length, pages.bytes())));
        }
        if (length == 0) {
            return Mono.just(ByteSlice.of(new byte[0]));
        }
        int first = PageTable.pageOf(offset);
        int last = PageTable.pageOf(offset + length - 1);
        long from = pages.offset(first);
        int bytes = Math.toIntExact(pages.offset(last) + pages.length(last) - from);
        int skipped = (int) (offset - (long) first * PageTable.PAGE_BYTES);
        return store.read(name, from, bytes)
                .map(stored -> plain(first, last, stored).slice(skipped, length))
                .onErrorMap(BlobFormatException.class, e -> e.in(name.value()));
    }

    private ByteSlice plain(int first, int last, ByteSlice stored) {
        var plain = new byte[(last - first) * PageTable.PAGE_BYTES + pages.plainBytes(last)];
        for (int page = first; page <= last; page++) {
            int at = (int) (pages.offset(page) - pages.offset(first));
            inflate(page, stored.slice(at, pages.length(page)), plain, (page - first) * PageTable.PAGE_BYTES);
        }
        return ByteSlice.of(plain);
    }

    private void inflate(int page, ByteSlice stored, byte[] target, int at) {
        var what = "page at " + pages.offset(page);
        int count = pages.plainBytes(page);
        if (stored.length() < count) {
            byte[] plain = ZstdFrame.read(what, stored, pages.crc32c(page), count);
            System.arraycopy(plain, 0, target, at, count);
            return;
        }
        int crc = Crc.of(stored);
        if (crc != pages.crc32c(page) || stored.length() != count) {
            throw new CorruptBlobException(
                    "%s: CRC32C is %s, not %s".formatted(what, Crc.hex(crc), Crc.hex(pages.crc32c(page))));
        }
        System.arraycopy(stored.array(), stored.offset(), target, at, count);
    }
}

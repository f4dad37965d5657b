package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import reactor.core.publisher.Mono;

/** The pages of a blob: each is checked before anything of it is believed. */
final class CheckedBlob implements RangeSource {
    private final BlobStore store;
    private final BlobName name;
    private final PageChecksums pages;

    CheckedBlob(BlobStore store, BlobName name, PageChecksums pages) {
        this.store = store;
        this.name = name;
        this.pages = pages;
    }

    /** Reads whole pages: what lies around the range comes with it, and is thrown away. */
    @Override
    public Mono<ByteSlice> read(long offset, int length) {
        if (length < 0 || offset < 0 || offset > pages.bytes() - length) {
            return Mono.error(new CorruptBlobException(
                    "%s: [%d, %d) is not in its %d bytes".formatted(name, offset, offset + length, pages.bytes())));
        }
        long first = pages.pageFirst(offset);
        int bytes = (int) (pages.pageNext(offset + length) - first);
        return bytes <= 0
                ? Mono.just(ByteSlice.of(new byte[0]))
                : store.read(name, first, bytes)
                        .map(read -> checked(first, read).slice((int) (offset - first), length))
                        .onErrorMap(BlobFormatException.class, e -> e.in(name.value()));
    }

    private ByteSlice checked(long first, ByteSlice read) {
        pages.mustMatch(first, read);
        return read;
    }
}

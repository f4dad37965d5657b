package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Opens parts. Thread-safe.
 *
 * <p>Errors: those of the store, and {@link BlobFormatException} that names the blob.
 */
public final class PartBlobs {
    private final BlobStore store;
    private final Scheduler decode;

    /**
     * @param store  through the block cache, as a rule
     * @param decode bounded, for CPU work
     */
    public PartBlobs(BlobStore store, Scheduler decode) {
        this.store = store;
        this.decode = decode;
    }

    /**
     * By one ranged read; the arguments are what the catalog says of the part. What it gives back may be kept for as long
     * as the part lives: it holds the tail in memory and nothing else.
     */
    public Mono<PartReader> open(String partName, long bytes, long tailOffset) {
        long length = bytes - tailOffset;
        if (tailOffset < BlobFormat.HEADER_BYTES || length < BlobFormat.TRAILER_BYTES || length > Integer.MAX_VALUE) {
            return Mono.error(new CorruptBlobException(
                    "%s: a tail at %d in a part of %d bytes".formatted(partName, tailOffset, bytes)));
        }
        var name = new BlobName(partName);
        return store.read(name, tailOffset, (int) length)
                .flatMap(tail -> Mono.fromSupplier(() -> PartTail.read(tail, tailOffset, bytes))
                        .subscribeOn(decode))
                .map(tail -> new PartReader(store, decode, name, tail))
                .onErrorMap(BlobFormatException.class, e -> e.in(partName));
    }

    /** By three reads, where nobody says how long the part is and where its tail begins: for recovery. */
    public Mono<PartReader> open(String partName) {
        var name = new BlobName(partName);
        return store.stat(name)
                .flatMap(blob -> footerOf(name, blob.bytes())
                        .flatMap(footer -> open(partName, blob.bytes(), footer.tailOffset())));
    }

    private Mono<PartFooter> footerOf(BlobName name, long bytes) {
        if (bytes < BlobFormat.HEADER_BYTES + BlobFormat.TRAILER_BYTES) {
            return Mono.error(new CorruptBlobException("%s: too short for a part: %d bytes".formatted(name, bytes)));
        }
        return store.read(name, bytes - BlobFormat.TRAILER_BYTES, BlobFormat.TRAILER_BYTES)
                .map(trailer -> footerOffset(trailer, bytes))
                .flatMap(offset -> store.read(name, offset, Math.toIntExact(bytes - offset)))
                .map(end -> PartFooterReader.read(end, bytes))
                .onErrorMap(BlobFormatException.class, e -> e.in(name.value()));
    }

    /** As the trailer says; it is checked together with the footer. */
    private static long footerOffset(ByteSlice trailer, long blobBytes) {
        var in = ByteInput.of("trailer", trailer);
        in.u64();
        int footerBytes = in.u32();
        long offset = blobBytes - BlobFormat.TRAILER_BYTES - footerBytes;
        if (footerBytes < 0 || offset < BlobFormat.HEADER_BYTES) {
            throw in.corrupt("a footer of %d bytes in a part of %d".formatted(footerBytes, blobBytes));
        }
        return offset;
    }
}

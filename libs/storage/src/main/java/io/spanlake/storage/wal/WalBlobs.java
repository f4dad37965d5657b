package io.spanlake.storage.wal;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.ReadRange;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads of WAL objects only what is asked for: the footer, and the blocks of one object. Ranged reads are the store's;
 * checking, inflating and decoding happen on the scheduler handed in, one block at a time as the reader asks for it.
 *
 * <p>Errors: those of the store, and {@link BlobFormatException} that names the blob.
 */
public final class WalBlobs {
    /** Of one ranged read: large enough that a whole section is one, small enough to hold a few. */
    private static final int READ_BYTES_MAX = 8 << 20;

    private final BlobStore store;
    private final Scheduler decode;

    /** @param decode bounded, for CPU work */
    public WalBlobs(BlobStore store, Scheduler decode) {
        this.store = store;
        this.decode = decode;
    }

    /** By one read; the arguments are what the catalog says of the blob. */
    public Mono<WalFooter> footer(String blobName, long blobBytes, long footerOffset) {
        return Mono.fromSupplier(() -> WalFormat.FORMAT.endBytes(blobBytes, footerOffset))
                .onErrorMap(BlobFormatException.class, e -> e.in(blobName))
                .flatMap(length -> store.read(new BlobName(blobName), footerOffset, length))
                .flatMap(bytes -> decoded(blobName, () -> WalFooter.parse(bytes, blobBytes)));
    }

    /** By two reads, where nobody says where it begins. */
    public Mono<WalFooter> footer(String blobName, long blobBytes) {
        if (blobBytes < BlobFormat.TRAILER_BYTES) {
            return Mono.error(new CorruptBlobException("too short: %d bytes".formatted(blobBytes)).in(blobName));
        }
        return store.read(new BlobName(blobName), blobBytes - BlobFormat.TRAILER_BYTES, BlobFormat.TRAILER_BYTES)
                .flatMap(trailer -> decoded(blobName, () -> WalFormat.FORMAT.footerOffset(trailer, blobBytes)))
                .flatMap(offset -> footer(blobName, blobBytes, offset));
    }

    /** The object's writes of one partition, block by block: in no order that a reader could rely on. */
    public Flux<Write> writes(String blobName, WalFooter footer, ObjectRef object, int partition) {
        return writes(blobName, footer.blocksOf(object, partition));
    }

    /** The writes of some blocks. Blocks that are neighbours in the blob and in the list are fetched by one read. */
    public Flux<Write> writes(String blobName, List<BlockRef> blocks) {
        var name = new BlobName(blobName);
        return Flux.fromIterable(ReadRange.of(blocks, READ_BYTES_MAX)).concatMap(range -> writes(name, range), 0);
    }

    private Flux<Write> writes(BlobName name, ReadRange<BlockRef> range) {
        return store.read(name, range.offset(), range.length())
                .flatMapMany(bytes -> Flux.fromIterable(range.pieces())
                        .concatMap(block -> decoded(name.value(), () -> decode(range, block, bytes)), 0))
                .concatMapIterable(writes -> writes, 1);
    }

    private static List<Write> decode(ReadRange<BlockRef> range, BlockRef block, ByteSlice bytes) {
        return WalBlockReader.decode(block, range.bytesOf(block, bytes));
    }

    private <T> Mono<T> decoded(String blobName, Supplier<T> decoding) {
        return Mono.fromSupplier(decoding)
                .subscribeOn(decode)
                .onErrorMap(BlobFormatException.class, e -> e.in(blobName));
    }
}

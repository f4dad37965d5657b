package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Immutable blobs under names that are used once. Never blocks the caller; every call ends within the store's deadline,
 * retries included; a listing within it for each of its pages.
 *
 * <p>Errors: {@link BlobExistsException}, {@link BlobNotFoundException}; anything else of the store is a {@link
 * BlobStoreException}, and then the outcome of a put is unknown: repeat it under a fresh name.
 */
public interface BlobStore {
    /** Stores the parts, one after another, as one blob. Durable, and visible whole, when it completes. */
    Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts);

    /**
     * Stores a file as one blob, a piece at a time: no more of it is in memory than a few blocks. Durable, and visible
     * whole, when it completes. The store's deadline holds for each 64 MiB of it.
     *
     * @param file on local disk; left alone by everyone until this completes
     */
    Mono<Void> putFileIfAbsent(BlobName name, Path file);

    /** Exactly {@code length} bytes from {@code offset}; an error where the blob has fewer. */
    Mono<ByteSlice> read(BlobName name, long offset, int length);

    /**
     * What the blob has of the {@code bytesMax} bytes from {@code offset}: fewer only where it ends, none where it ended
     * before.
     */
    default Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return stat(name).flatMap(blob -> {
            int length = Math.clamp(blob.bytes() - offset, 0, bytesMax);
            return length == 0 ? Mono.just(ByteSlice.of(new byte[0])) : read(name, offset, length);
        });
    }

    Mono<BlobEntry> stat(BlobName name);

    /**
     * The same blobs, for whom the work that blocks, where this store has any, runs on threads of their own: so that who
     * reads much keeps nobody waiting who reads little.
     *
     * @param disk bounded
     */
    default BlobStore on(Scheduler disk) {
        return this;
    }

    /** Every blob whose name begins with the prefix, in order of names. */
    Flux<BlobEntry> list(String prefix);

    /** Deletes what exists of them; a blob that is gone already is no error. */
    Mono<Void> delete(Collection<BlobName> names);

    /**
     * A URL under which a client may put this one blob by itself, for a while; absent where the store has none to give
     * and the service has to take the bytes itself.
     */
    Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor);
}

package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Blobs as the files of a folder, each where its name says. One process at a time may have the folder.
 *
 * <p>A blob and a folder cannot have one name here: {@code a} and {@code a/b} exclude each other, and so do names that
 * differ in case alone where the file system thinks so.
 */
public final class FolderBlobStore implements BlobStore {
    private final BlobFolder folder;
    private final Scheduler disk;
    private final Duration deadline;

    private FolderBlobStore(BlobFolder folder, Scheduler disk, Duration deadline) {
        this.folder = folder;
        this.disk = disk;
        this.deadline = deadline;
    }

    /**
     * Opens the folder, makes it where it is missing, and removes what puts of a killed process left. Blocks.
     *
     * @param disk     bounded; all work of the store runs there
     * @param deadline longest time of one call
     */
    public static FolderBlobStore open(Path root, Scheduler disk, Duration deadline) {
        try {
            return new FolderBlobStore(BlobFolder.open(root), disk, deadline);
        } catch (IOException e) {
            throw new UncheckedIOException("the blob folder %s cannot be opened: %s".formatted(root, e), e);
        }
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return onDisk("put", name, () -> {
                    folder.put(name, parts);
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return onDisk("size", name, () -> Files.size(file))
                .flatMap(bytes -> onDisk("put", name, BlobFiles.deadline(deadline, bytes), () -> {
                    folder.putFile(name, file);
                    return true;
                }))
                .then();
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return told(name, () -> BlobRanges.whole(name, offset, length, folder.read(name, offset, length)));
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return told(name, () -> folder.read(name, offset, bytesMax));
    }

    private Mono<ByteSlice> told(BlobName name, Callable<ByteSlice> read) {
        return BlobReads.told(name, BlobReadWatch.Origin.STORE, onDisk("read", name, read));
    }

    @Override
    public BlobStore on(Scheduler disk) {
        return new FolderBlobStore(folder, disk, deadline);
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return onDisk("stat", name, () -> folder.stat(name));
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        // Requests for more are moved to the same worker, so that no caller's thread walks the folder.
        return Flux.fromIterable(() -> folder.list(prefix))
                .subscribeOn(disk, true)
                .onErrorMap(fault -> told("list", prefix, deadline, fault));
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return onDisk("delete", names.size() + " blobs", () -> {
                    folder.delete(names);
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return Mono.just(Optional.empty());
    }

    private <T> Mono<T> onDisk(String work, Object name, Callable<T> call) {
        return onDisk(work, name, deadline, call);
    }

    private <T> Mono<T> onDisk(String work, Object name, Duration patience, Callable<T> call) {
        return untilLeft(call)
                .subscribeOn(disk)
                .timeout(patience)
                .onErrorMap(fault -> told(work, name, patience, fault));
    }

    /** A caller that leaves interrupts the work; what that ends in is told to nobody. */
    private static <T> Mono<T> untilLeft(Callable<T> call) {
        return Mono.create(sink -> {
            var left = new AtomicBoolean();
            sink.onCancel(() -> left.set(true));
            try {
                sink.success(call.call());
            } catch (Exception fault) {
                if (!left.get()) {
                    sink.error(fault);
                }
            }
        });
    }

    private static Throwable told(String work, Object name, Duration patience, Throwable fault) {
        var cause = Exceptions.unwrap(fault);
        return switch (cause) {
            case BlobStoreException known -> known;
            case TimeoutException _ ->
                new BlobStoreException("%s %s took longer than %s".formatted(work, name, patience), cause);
            case UncheckedIOException io -> new BlobStoreException("%s %s: %s".formatted(work, name, io), io);
            default -> new BlobStoreException("%s %s: %s".formatted(work, name, cause), cause);
        };
    }
}

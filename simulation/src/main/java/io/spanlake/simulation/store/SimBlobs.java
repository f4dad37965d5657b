package io.spanlake.simulation.store;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.model.ByteSlice;
import io.spanlake.simulation.time.SimProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The store as one process reaches it: requests may be late, fail, or succeed without an answer; a listing may be old by the
 * time it is read, and a deletion may stop half way.
 */
public final class SimBlobs implements BlobStore {
    /** Told after each change. */
    public interface Watch {
        void changed();
    }

    private final StoredBlobs stored;
    private final SimProcess process;
    private final RandomGenerator random;
    private final Watch watch;

    public SimBlobs(StoredBlobs stored, SimProcess process, RandomGenerator random, Watch watch) {
        this.stored = stored;
        this.process = process;
        this.random = random;
        this.watch = watch;
    }

    private <T> Mono<T> call(String what, Supplier<T> effect) {
        return process.call(what, effect, () -> new BlobStoreException(SimProcess.NO_ANSWER));
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return Mono.defer(() -> {
            var bytes = new ByteArrayOutputStream();
            parts.forEach(part -> bytes.write(part.array(), part.offset(), part.length()));
            return put(name, ByteSlice.of(bytes.toByteArray()));
        });
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return Mono.defer(() -> {
            try {
                return put(name, ByteSlice.of(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A put that is repeated finds what it stored itself, and knows it for its own. */
    private Mono<Void> put(BlobName name, ByteSlice bytes) {
        return Mono.defer(() -> {
            var own = new AtomicBoolean();
            return call("put " + name, () -> {
                        if (!own.get() || !stored.has(name.value())) {
                            stored.put(name, bytes);
                            own.set(true);
                            watch.changed();
                        }
                        return name;
                    })
                    .then();
        });
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return call("read " + name, () -> slice(name, offset, length));
    }

    private ByteSlice slice(BlobName name, long offset, int length) {
        var bytes = stored.bytes(name);
        if (offset + length > bytes.length()) {
            throw new BlobStoreException("blob %s has %d bytes, asked for were [%d, %d)"
                    .formatted(name, bytes.length(), offset, offset + length));
        }
        return ByteSlice.of(bytes.slice((int) offset, length).toArray());
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return call("stat " + name, () -> stored.stat(name));
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return call("list " + prefix, () -> stored.list(prefix)).flatMapIterable(found -> found);
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return Flux.fromIterable(batches(names))
                .concatMap(batch -> call("delete " + batch, () -> {
                    batch.forEach(stored::delete);
                    watch.changed();
                    return batch.size();
                }))
                .then();
    }

    /** In any order, as a store may. */
    private List<List<BlobName>> batches(Collection<BlobName> names) {
        var batches = new ArrayList<List<BlobName>>();
        var left = new ArrayList<>(names.stream().sorted().toList());
        Collections.shuffle(left, random);
        while (!left.isEmpty()) {
            int taken = random.nextInt(1, left.size() + 1);
            batches.add(List.copyOf(left.subList(0, taken)));
            left.subList(0, taken).clear();
        }
        return batches;
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return Mono.just(Optional.empty());
    }
}

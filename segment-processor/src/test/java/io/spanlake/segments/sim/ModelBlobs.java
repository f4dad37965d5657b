package io.spanlake.segments.sim;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobExistsException;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.blobstore.SignedUpload;
import io.spanlake.model.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Blobs in memory that take their time. Puts fail now and then, before or after they took place, and reads too; some blobs
 * are gone for good.
 */
final class ModelBlobs implements BlobStore {
    private final Map<BlobName, ByteSlice> blobs = new TreeMap<>();
    private final RandomGenerator random;
    private final Scheduler time;
    double faults;

    ModelBlobs(RandomGenerator random, Scheduler time) {
        this.random = random;
        this.time = time;
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return Mono.<Void>fromRunnable(() -> put(name, parts))
                .delaySubscription(Duration.ofMillis(random.nextInt(1, 80)), time);
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return Mono.error(new UnsupportedOperationException());
    }

    private void put(BlobName name, List<ByteSlice> parts) {
        failAtTimes();
        var bytes = new ByteArrayOutputStream();
        parts.forEach(part -> bytes.write(part.array(), part.offset(), part.length()));
        if (blobs.putIfAbsent(name, ByteSlice.of(bytes.toByteArray())) != null) {
            throw new BlobExistsException(name);
        }
        failAtTimes();
    }

    private void failAtTimes() {
        if (random.nextDouble() < faults) {
            throw new BlobStoreException("the store is away, says the model");
        }
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return Mono.fromCallable(() -> {
                    failAtTimes();
                    return get(name).slice((int) offset, length);
                })
                .delaySubscription(Duration.ofMillis(random.nextInt(1, 20)), time);
    }

    private ByteSlice get(BlobName name) {
        var blob = blobs.get(name);
        if (blob == null) {
            throw new BlobNotFoundException(name);
        }
        return blob;
    }

    ByteSlice whole(BlobName name) {
        return get(name);
    }

    void lose(BlobName name) {
        blobs.remove(name);
    }

    /** At once, and whatever the faults. */
    void keep(BlobName name, List<ByteSlice> parts) {
        var bytes = new ByteArrayOutputStream();
        parts.forEach(part -> bytes.write(part.array(), part.offset(), part.length()));
        blobs.put(name, ByteSlice.of(bytes.toByteArray()));
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return Flux.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return Mono.just(Optional.empty());
    }
}

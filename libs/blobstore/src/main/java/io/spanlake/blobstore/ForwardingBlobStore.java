package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store before another one, to which it hands on every call that it does not answer itself. {@link #readUpTo} stays made
 * of {@link #stat} and {@link #read}, so that what changes reads changes them all; who changes none hands it on too.
 */
public abstract class ForwardingBlobStore implements BlobStore {
    protected final BlobStore store;

    protected ForwardingBlobStore(BlobStore store) {
        this.store = store;
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return store.putIfAbsent(name, parts);
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return store.putFileIfAbsent(name, file);
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return store.read(name, offset, length);
    }

    @Override
    public Mono<BlobEntry> stat(BlobName name) {
        return store.stat(name);
    }

    @Override
    public Flux<BlobEntry> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return store.delete(names);
    }

    @Override
    public Mono<Optional<SignedUpload>> signUpload(BlobName name, Duration validFor) {
        return store.signUpload(name, validFor);
    }
}

package io.spanlake.service.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.ForwardingBlobStore;
import io.spanlake.model.ByteSlice;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A store whose puts are counted by what they hold: a put is what object storage bills for. */
final class CountedBlobStore extends ForwardingBlobStore {
    private static final int KIND_AT = 2;

    private final MeterRegistry registry;

    CountedBlobStore(BlobStore store, MeterRegistry registry) {
        super(store);
        this.registry = registry;
    }

    @Override
    public Mono<Void> putIfAbsent(BlobName name, List<ByteSlice> parts) {
        return store.putIfAbsent(name, parts).doOnSubscribe(_ -> count(name));
    }

    @Override
    public Mono<Void> putFileIfAbsent(BlobName name, Path file) {
        return store.putFileIfAbsent(name, file).doOnSubscribe(_ -> count(name));
    }

    private void count(BlobName name) {
        registry.counter("spanlake.blobs.put", "kind", kindOf(name)).increment();
    }

    /** What stands between an organization and the rest: {@code wal}, {@code parts}, …; few, and none of them a client's. */
    private static String kindOf(BlobName name) {
        var folders = name.value().split("/", KIND_AT + 2);
        return folders.length > KIND_AT + 1 && folders[0].equals("orgs") && !folders[1].startsWith("_")
                ? folders[KIND_AT]
                : "other";
    }

    @Override
    public BlobStore on(Scheduler disk) {
        return new CountedBlobStore(store.on(disk), registry);
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        return store.readUpTo(name, offset, bytesMax);
    }
}

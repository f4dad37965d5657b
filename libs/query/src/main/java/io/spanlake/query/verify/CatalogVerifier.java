package io.spanlake.query.verify;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.Inventory;
import io.spanlake.catalog.parts.Inventory.LiveBlob;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.ObjectRef;
import io.spanlake.storage.verify.Fault;
import io.spanlake.storage.verify.ObjectReport;
import io.spanlake.storage.verify.ObjectVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Proves everything that is live, while everything runs: each object as one snapshot of the catalog has it, one after
 * another; then that every live blob is there, as long as it was put.
 */
public final class CatalogVerifier {
    /** Of one object: each because blobs of its snapshot were swept while they were being read. */
    private static final int SNAPSHOTS_MAX = 5;

    private static final int BLOBS_IN_FLIGHT = 8;

    private final Inventory inventory;
    private final ObjectSnapshots snapshots;
    private final ObjectVerifier objects;
    private final BlobStore store;

    /** @param store not through a cache: what is proven is what is stored */
    public CatalogVerifier(Inventory inventory, ObjectSnapshots snapshots, ObjectVerifier objects, BlobStore store) {
        this.inventory = inventory;
        this.snapshots = snapshots;
        this.objects = objects;
        this.store = store;
    }

    /**
     * A report of each object, sound or not, as it is done.
     *
     * @param folder local, for files while it runs
     */
    public Flux<ObjectReport> objects(Path folder) {
        return inventory.objects().concatMap(object -> object(object, folder), 1);
    }

    private Mono<ObjectReport> object(ObjectRef object, Path folder) {
        return Mono.defer(() -> snapshots.snapshot(object, KnownObject.NOTHING))
                .flatMap(snapshot -> objects.verify(SnapshotPlaces.of(snapshot), folder))
                .retryWhen(Retry.max(SNAPSHOTS_MAX - 1)
                        .filter(BlobNotFoundException.class::isInstance)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()))
                .onErrorResume(BlobNotFoundException.class, gone -> Mono.just(missing(object, gone)));
    }

    private static ObjectReport missing(ObjectRef object, BlobNotFoundException gone) {
        var fault = new Fault("catalog", "a blob that is live is not there: " + gone.getMessage());
        return new ObjectReport(object, 0, 0, 0, 0, 0, 0, 0, 0, List.of(fault), 1);
    }

    /** Live blobs that are not there, or are not as long as they were put. */
    public Flux<Fault> blobs() {
        return inventory.blobs().flatMap(this::blob, BLOBS_IN_FLIGHT);
    }

    private Mono<Fault> blob(LiveBlob blob) {
        return store.stat(new BlobName(blob.name()))
                .flatMap(found -> Mono.justOrEmpty(fault(blob, found.bytes())))
                .onErrorResume(BlobNotFoundException.class, gone -> fault(blob));
    }

    private static Optional<Fault> fault(LiveBlob blob, long bytes) {
        return blob.bytes().isEmpty() || blob.bytes().getAsLong() == bytes
                ? Optional.empty()
                : Optional.of(new Fault(
                        blob.name(),
                        "has %d bytes, was put with %d"
                                .formatted(bytes, blob.bytes().getAsLong())));
    }

    /** It may have been retired and swept since the page was read. */
    private Mono<Fault> fault(LiveBlob blob) {
        return inventory
                .isLive(blob.name())
                .filter(live -> live)
                .map(live -> new Fault(blob.name(), "is live, and not there"));
    }
}

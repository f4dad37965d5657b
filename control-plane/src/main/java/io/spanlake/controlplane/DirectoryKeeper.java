package io.spanlake.controlplane;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.directory.DirectoryBlobs;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.directory.DirectoryCopy;
import io.spanlake.model.OrganizationId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps a copy of the directory beside each organization's data, so that losing the database loses no name and no key. A copy
 * is put where the directory has changed since the last one; those before it are deleted then.
 *
 * <p>One call at a time; nothing blocks. Two keepers do each other no harm: both put what is.
 */
final class DirectoryKeeper {
    private final DirectoryCopies copies;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<OrganizationId, String> kept = new ConcurrentHashMap<>();

    DirectoryKeeper(DirectoryCopies copies, BlobStore blobs, InstantSource clock, RandomGenerator random) {
        this.copies = copies;
        this.blobs = blobs;
        this.clock = clock;
        this.random = random;
    }

    Mono<Void> keep() {
        return copies.all()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::keep)
                .then();
    }

    private Mono<Void> keep(DirectoryCopy copy) {
        if (copy.json().equals(kept.get(copy.organization()))) {
            return Mono.empty();
        }
        return earlier(copy.organization())
                .flatMap(earlier -> isNewest(copy, earlier)
                        .flatMap(same -> same ? Mono.empty() : put(copy).then(delete(earlier))))
                .then(Mono.fromRunnable(() -> kept.put(copy.organization(), copy.json())));
    }

    /** The newest last. */
    private Mono<List<BlobEntry>> earlier(OrganizationId organization) {
        return blobs.list(DirectoryBlobs.prefix(organization))
                .collectSortedList(Comparator.comparing(blob -> blob.name().value()));
    }

    /** Whether it was put by whoever kept it before; one that cannot be read is put anew. */
    private Mono<Boolean> isNewest(DirectoryCopy copy, List<BlobEntry> earlier) {
        if (earlier.isEmpty()) {
            return Mono.just(false);
        }
        var newest = earlier.getLast();
        return blobs.read(newest.name(), 0, Math.toIntExact(newest.bytes()))
                .map(bytes -> DirectoryBlobs.decode(newest.name().value(), bytes)
                        .json()
                        .equals(copy.json()))
                .onErrorReturn(false);
    }

    private Mono<Void> put(DirectoryCopy copy) {
        var name = DirectoryBlobs.fresh(copy.organization(), clock.instant(), random);
        return blobs.putIfAbsent(new BlobName(name), List.of(DirectoryBlobs.encode(copy)));
    }

    private Mono<Void> delete(List<BlobEntry> earlier) {
        return earlier.isEmpty()
                ? Mono.empty()
                : blobs.delete(earlier.stream().map(BlobEntry::name).toList()).then();
    }
}

package io.spanlake.query.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.TransactionId;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Opens the live parts of a snapshot, each by one ranged read and one more for its dead rows. Errors are {@link
 * ReadRefusal}s that name the blob. Thread-safe.
 */
public final class OpenParts {
    private static final int IN_FLIGHT = 8;

    private final BlobStore store;
    private final PartBlobs parts;
    private final Scheduler decode;

    /** @param decode bounded, for CPU work */
    public OpenParts(BlobStore store, Scheduler decode) {
        this.store = store;
        this.parts = new PartBlobs(store, decode);
        this.decode = decode;
    }

    /**
     * The parts in their order.
     *
     * @param known by id, what was opened for an earlier snapshot: it is not opened again
     */
    public Mono<List<OpenPart>> open(OrganizationId organization, List<LivePart> live, Map<Long, OpenPart> known) {
        return Flux.fromIterable(live)
                .flatMapSequential(part -> open(organization, part, known), IN_FLIGHT, 1)
                .collectList();
    }

    private Mono<OpenPart> open(OrganizationId organization, LivePart live, Map<Long, OpenPart> known) {
        var name = live.file().name();
        if (!name.startsWith(organization.blobPrefix())) {
            return Mono.error(new ReadRefusedException(
                    new ReadRefusal.BlobUnreadable(name, "it belongs to another organization")));
        }
        var before = known.get(live.id());
        if (before == null) {
            return Mono.zip(reader(live), dead(live), (part, dead) -> shown(part, live, dead));
        }
        return before.live().dvVersion() == live.dvVersion()
                ? Mono.just(before)
                : dead(live).map(dead -> shown(before, live, dead));
    }

    /**
     * The parts in their order, with the rows that they had at the end of a transaction: one more read of each that has
     * changed since. Of an object that keeps versions.
     */
    public Mono<List<OpenPart>> openAt(OrganizationId organization, List<LivePart> live, TransactionId version) {
        return Flux.fromIterable(live)
                .flatMapSequential(part -> openAt(organization, part, version), IN_FLIGHT, 1)
                .collectList();
    }

    private Mono<OpenPart> openAt(OrganizationId organization, LivePart live, TransactionId version) {
        return open(organization, live, Map.of())
                .flatMap(part -> Mono.zip(
                                dead(live), hiddenAt(part, version), (dead, hidden) -> RoaringBitmap.or(dead, hidden))
                        .map(hidden -> part.withDead(live, hidden)));
    }

    private static Mono<RoaringBitmap> hiddenAt(OpenPart part, TransactionId version) {
        var reader = part.reader();
        boolean isAsNow = reader.superseded().isEmpty()
                && reader.statistics().lastMax().transaction().compareTo(version) <= 0;
        return isAsNow
                ? Mono.just(new RoaringBitmap())
                : reader.keys()
                        .filter(key -> !key.isSeenAt(version))
                        .collect(RoaringBitmap::new, (hidden, key) -> hidden.add(key.ordinal()))
                        .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    private Mono<OpenPart> reader(LivePart live) {
        var file = live.file();
        return parts.open(file.name(), file.bytes(), file.tailOffset())
                .map(reader -> new OpenPart(live, reader, new PartIndex(reader, file.orcBytes()), new RoaringBitmap()))
                .onErrorMap(fault -> BlobRefusals.of(file.name(), fault));
    }

    private static OpenPart shown(OpenPart part, LivePart live, RoaringBitmap dead) {
        var superseded = part.reader().superseded();
        return part.withDead(live, superseded.isEmpty() ? dead : RoaringBitmap.or(dead, superseded));
    }

    private Mono<RoaringBitmap> dead(LivePart live) {
        return live.dead().map(vector -> dead(live, vector)).orElseGet(() -> Mono.just(new RoaringBitmap()));
    }

    private Mono<RoaringBitmap> dead(LivePart live, DeletionVector vector) {
        return store.read(new BlobName(vector.name()), 0, Math.toIntExact(vector.bytes()))
                .publishOn(decode)
                .map(bytes -> DeletionVectors.decode(new BlobName(live.file().name()), live.dvVersion(), bytes))
                .onErrorMap(fault -> BlobRefusals.of(vector.name(), fault));
    }
}

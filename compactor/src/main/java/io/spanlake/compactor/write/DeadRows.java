package io.spanlake.compactor.write;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.compactor.read.OpenPart;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobNames;
import io.spanlake.storage.wal.StampSum;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.roaringbitmap.RoaringBitmap;

/** Puts the rows of a part that die, together with those that were dead, as its next deletion vector. Blocks. */
public final class DeadRows {
    private final BlobStore blobs;
    private final ObjectRef object;
    private final InstantSource clock;
    private final RandomGenerator random;

    public DeadRows(BlobStore blobs, ObjectRef object, InstantSource clock, RandomGenerator random) {
        this.blobs = blobs;
        this.object = object;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param killed  ordinals that were alive
     * @param eraseBy present where a client deleted some of them
     */
    public Deaths put(OpenPart part, RoaringBitmap killed, Optional<Instant> eraseBy) {
        long killedSum = sumOf(part, killed);
        var all = RoaringBitmap.or(part.dead(), killed);
        var live = part.live();
        var partName = new BlobName(live.file().name());
        var bytes = DeletionVectors.encode(partName, live.dvVersion() + 1, all);
        long length = bytes.stream().mapToLong(ByteSlice::length).sum();
        var name = PartBlobNames.freshDeletionVector(partName, live.dvVersion() + 1, clock.instant(), random);
        blobs.putIfAbsent(name, bytes).block();
        long before = live.dead().map(DeletionVector::stampSum).orElse(0L);
        var vector = new DeletionVector(name.value(), length, all.getCardinality(), before + killedSum);
        return new Deaths(live.id(), live.dvVersion(), vector, killed.getCardinality(), killedSum, eraseBy);
    }

    /** From the part itself, not from what was folded: the account is made twice. */
    private long sumOf(OpenPart part, RoaringBitmap killed) {
        var sum = new LongAdder();
        part.keysOf(killed, key -> sum.add(StampSum.ofStored(object, key.rowId(), key.stamps())));
        return sum.sum();
    }
}

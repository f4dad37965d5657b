package io.spanlake.compactor.read;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import java.util.List;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;

/** Opens live parts with their dead rows. Blocks; thread-safe. */
public final class OpenParts {
    private final PartBlobs parts;
    private final BlobStore blobs;

    public OpenParts(PartBlobs parts, BlobStore blobs) {
        this.parts = parts;
        this.blobs = blobs;
    }

    public List<OpenPart> open(List<LivePart> live) {
        return live.stream().map(this::open).toList();
    }

    private OpenPart open(LivePart live) {
        var file = live.file();
        var reader = Objects.requireNonNull(
                parts.open(file.name(), file.bytes(), file.tailOffset()).block());
        return new OpenPart(live, reader, dead(live));
    }

    /** Ordinals of its dead rows, without opening it. */
    public RoaringBitmap dead(LivePart live) {
        return live.dead().map(vector -> dead(live, vector)).orElseGet(RoaringBitmap::new);
    }

    private RoaringBitmap dead(LivePart live, DeletionVector vector) {
        var bytes = Objects.requireNonNull(blobs.read(new BlobName(vector.name()), 0, Math.toIntExact(vector.bytes()))
                .block());
        return DeletionVectors.decode(new BlobName(live.file().name()), live.dvVersion(), bytes);
    }
}

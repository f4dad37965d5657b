package io.spanlake.query.part;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.storage.part.PartReader;
import org.roaringbitmap.RoaringBitmap;

/**
 * A live part that was opened, as one snapshot has it. Thread-safe; needs no closing.
 *
 * @param index opened when it is first asked, and shared by what later snapshots have of the part
 * @param dead  ordinals of the rows that are not shown: dead ones, and versions that others took the place of; not to be
 *              changed
 */
public record OpenPart(LivePart live, PartReader reader, PartIndex index, RoaringBitmap dead) {
    private static final long BITMAP_BYTES = 64;

    OpenPart withDead(LivePart newer, RoaringBitmap newerDead) {
        return new OpenPart(newer, reader, index, newerDead);
    }

    /** In the catalog. */
    public long id() {
        return live.id();
    }

    public String name() {
        return live.file().name();
    }

    /** Of two readings of one part: whether no row died in between. */
    public boolean hasSameRowsAs(OpenPart other) {
        return live.dvVersion() == other.live.dvVersion();
    }

    public boolean isDead(int ordinal) {
        return dead.contains(ordinal);
    }

    /** Heap that it holds, about. */
    public long bytes() {
        return 2 * reader.tailBytes() + dead.getLongSizeInBytes() + BITMAP_BYTES;
    }
}

package io.spanlake.compactor.read;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.storage.part.PartReader;
import org.roaringbitmap.RoaringBitmap;

/**
 * A live part that was opened.
 *
 * @param dead ordinals of its dead rows; not to be changed
 */
public record OpenPart(LivePart live, PartReader reader, RoaringBitmap dead) {
    public boolean isDead(int ordinal) {
        return dead.contains(ordinal);
    }
}

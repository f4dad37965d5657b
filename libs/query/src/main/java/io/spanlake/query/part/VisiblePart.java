package io.spanlake.query.part;

import org.roaringbitmap.RoaringBitmap;

/**
 * What readers see of a part at a snapshot.
 *
 * @param hidden ordinals of rows that are dead, or that the tail has anew; not to be changed
 */
public record VisiblePart(OpenPart part, RoaringBitmap hidden) {
    public long rows() {
        return part.reader().rows() - hidden.getLongCardinality();
    }

    /** The same, of these rows only. */
    public VisiblePart only(RoaringBitmap rows) {
        var others = RoaringBitmap.flip(rows, 0L, part.reader().rows());
        others.or(hidden);
        return new VisiblePart(part, others);
    }

    boolean isHidden(int ordinal) {
        return hidden.contains(ordinal);
    }
}

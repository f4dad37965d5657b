package io.spanlake.query.part;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.storage.part.PartReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /**
     * The same ordinals, those together that are compressed together.
     *
     * @param ordinals ascending
     */
    public List<int[]> byStretch(int[] ordinals) {
        var runs = new ArrayList<int[]>();
        int first = 0;
        while (first < ordinals.length) {
            int end = reader.groupNext(ordinals[first]);
            int next = first + 1;
            while (next < ordinals.length && ordinals[next] < end) {
                next++;
            }
            runs.add(Arrays.copyOfRange(ordinals, first, next));
            first = next;
        }
        return runs;
    }

    /** Heap that it holds, about. */
    public long bytes() {
        return 2 * reader.tailBytes() + dead.getLongSizeInBytes() + BITMAP_BYTES;
    }
}

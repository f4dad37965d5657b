package io.spanlake.compactor.read;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.PartReader;
import java.util.function.Consumer;
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

    /** What names some rows, in order of ordinals: one pass over the stretch that they lie in. Blocks. */
    public void keysOf(RoaringBitmap ordinals, Consumer<PartKey> consumer) {
        if (ordinals.isEmpty()) {
            return;
        }
        int first = ordinals.first();
        for (var key : reader.keys(first, ordinals.last() + 1 - first).toIterable()) {
            if (ordinals.contains(key.ordinal())) {
                consumer.accept(key);
            }
        }
    }
}

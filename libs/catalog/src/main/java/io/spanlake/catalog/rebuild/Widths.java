package io.spanlake.catalog.rebuild;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Over how many partitions objects spread: what their checkpoints say, and what of the log shows. */
final class Widths {
    private Widths() {}

    /** @param partitions that are known of the topic */
    static Map<ObjectRef, Integer> of(
            Collection<StoredCheckpoint> published, Collection<LoggedSection> listed, Collection<Integer> partitions) {
        var widths = new HashMap<ObjectRef, Integer>();
        for (var stored : published) {
            widths.merge(stored.checkpoint().object(), stored.checkpoint().width(), Math::max);
        }
        int count = partitions.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        var placement = new Placement(count);
        for (var section : listed) {
            for (var object : section.objects().keySet()) {
                int spread = Math.floorMod(section.partition() - placement.basePartition(object), count);
                widths.merge(object, powerAbove(spread), Math::max);
            }
        }
        widths.values().removeIf(width -> width < 2);
        return widths;
    }

    private static int powerAbove(int spread) {
        return spread == 0 ? 1 : Integer.highestOneBit(spread) << 1;
    }
}

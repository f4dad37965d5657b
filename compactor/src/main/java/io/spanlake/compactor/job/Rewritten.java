package io.spanlake.compactor.job;

import io.spanlake.catalog.parts.LivePart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/**
 * Parts that were written anew, and from what.
 *
 * @param begun   before the snapshot of {@code planned} was taken
 * @param planned that the inputs were read as
 * @param inputs  live parts of it, with their dead rows then: what says so may be deleted by now
 * @param outputs that count on that snapshot
 */
public record Rewritten(Instant begun, Target planned, Map<LivePart, RoaringBitmap> inputs, Outputs outputs) {
    public Rewritten {
        inputs = Map.copyOf(inputs);
    }

    /** Reads which rows of the parts are dead. Blocks. */
    public static Map<LivePart, RoaringBitmap> deadRows(Workbench bench, List<LivePart> parts) {
        return parts.stream().collect(Collectors.toUnmodifiableMap(part -> part, bench.parts()::dead));
    }
}

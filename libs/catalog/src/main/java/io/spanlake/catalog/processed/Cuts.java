package io.spanlake.catalog.processed;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Cuts of some partitions that are committed together, each taken or refused by itself.
 *
 * @param ranges         each partition once
 * @param objects        the blobs; each section is of exactly one of the ranges
 * @param unreadable     what could not be read of the ranges
 * @param closedSegments that take no new traces from now on
 */
public record Cuts(
        List<CutRange> ranges,
        List<ProcessedObject> objects,
        List<UnreadableWrites> unreadable,
        Set<UUID> closedSegments) {
    public Cuts {
        ranges = List.copyOf(ranges);
        objects = List.copyOf(objects);
        unreadable = List.copyOf(unreadable);
        closedSegments = Set.copyOf(closedSegments);
    }

    /** Cuts of which everything could be read. */
    public static Cuts of(List<CutRange> ranges, List<ProcessedObject> objects) {
        return new Cuts(ranges, objects, List.of(), Set.of());
    }
}

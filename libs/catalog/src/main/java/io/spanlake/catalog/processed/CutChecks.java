package io.spanlake.catalog.processed;

import io.spanlake.catalog.UnbalancedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** What can be said of cuts before the catalog is asked: that they are cuts, and that each adds up in itself. */
public final class CutChecks {
    private CutChecks() {}

    /** @throws RuntimeException where they are none, or one does not add up */
    public static void check(Cuts cuts) {
        var ranges = new HashMap<Integer, CutRange>();
        for (var range : cuts.ranges()) {
            if (ranges.put(range.partition(), range) != null) {
                throw new IllegalArgumentException("partition %d is cut twice".formatted(range.partition()));
            }
        }
        var names = new HashSet<String>();
        for (var object : cuts.objects()) {
            if (!names.add(object.name())) {
                throw new IllegalArgumentException(object.name() + " stands twice among the cuts");
            }
            object.sections().forEach(section -> checkIn(ranges, object.name(), section));
        }
        cuts.unreadable().forEach(gap -> checkIn(ranges, gap));
        ranges.values().forEach(range -> checkBalance(cuts, range));
    }

    private static void checkIn(Map<Integer, CutRange> ranges, String name, ProcessedSection section) {
        var range = ranges.get(section.partition());
        if (range == null
                || range.incarnation() != section.incarnation()
                || range.first() != section.first()
                || range.next() != section.next()) {
            throw new IllegalArgumentException("%s has a section of [%d, %d) of partition %d that is none of the cuts"
                    .formatted(name, section.first(), section.next(), section.partition()));
        }
    }

    private static void checkIn(Map<Integer, CutRange> ranges, UnreadableWrites gap) {
        var range = ranges.get(gap.partition());
        if (range == null
                || range.incarnation() != gap.incarnation()
                || gap.first() < range.first()
                || gap.next() > range.next()) {
            throw new IllegalArgumentException("[%d, %d) of partition %d is unreadable and in none of the cuts"
                    .formatted(gap.first(), gap.next(), gap.partition()));
        }
    }

    private static void checkBalance(Cuts cuts, CutRange range) {
        long live = cuts.objects().stream()
                .flatMap(object -> object.sections().stream())
                .filter(section -> section.partition() == range.partition())
                .mapToLong(ProcessedSection::stampSum)
                .sum();
        long unreadable = cuts.unreadable().stream()
                .filter(gap -> gap.partition() == range.partition())
                .mapToLong(UnreadableWrites::stampSum)
                .sum();
        var balance = range.balance();
        if (!balance.holds() || balance.live() != live || balance.dropped() != unreadable) {
            throw new UnbalancedException("%s does not add up: its sections have %d, its unreadable writes %d"
                    .formatted(range, live, unreadable));
        }
    }
}

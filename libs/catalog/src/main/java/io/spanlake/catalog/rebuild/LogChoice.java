package io.spanlake.catalog.rebuild;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Which sections of one incarnation of a partition's log count. A flush that was committed and one of a zombie may hold
 * the same offsets, in other ranges:
 *
 * <ol>
 *   <li>Sections of one range are one flush, of several organizations; of one organization's that came twice one counts.
 *   <li>Ranges that count do not overlap. Of all such choices the one with most writes counts: a committed flush was whole,
 *       so no other choice has more, and one with as many has the same.
 * </ol>
 */
final class LogChoice {
    private LogChoice() {}

    /** Sections of one range. */
    record Range(long first, long next, List<LoggedSection> sections) {
        long writes() {
            return sections.stream().mapToLong(LoggedSection::writes).sum();
        }
    }

    /** @return in order of offsets */
    static List<Range> of(Collection<LoggedSection> sections) {
        var ranges = ranges(sections);
        long[] best = new long[ranges.size() + 1];
        int[] before = new int[ranges.size()];
        for (int i = 0; i < ranges.size(); i++) {
            before[i] = endingBefore(ranges, i);
            best[i + 1] = Math.max(best[i], best[before[i]] + ranges.get(i).writes());
        }
        var chosen = new ArrayList<Range>();
        for (int i = ranges.size(); i > 0; ) {
            if (best[i] == best[i - 1]) {
                i--;
            } else {
                chosen.add(ranges.get(i - 1));
                i = before[i - 1];
            }
        }
        return chosen.reversed();
    }

    /** In order of their ends; each with one section an organization. */
    private static List<Range> ranges(Collection<LoggedSection> sections) {
        var byRange = new TreeMap<Long, TreeMap<Long, TreeMap<Object, LoggedSection>>>();
        for (var section : sections) {
            byRange.computeIfAbsent(section.next(), _ -> new TreeMap<>())
                    .computeIfAbsent(section.first(), _ -> new TreeMap<>())
                    .merge(section.organization(), section, LogChoice::better);
        }
        var ranges = new ArrayList<Range>();
        byRange.forEach((next, byFirst) -> byFirst.forEach(
                (first, byOrganization) -> ranges.add(new Range(first, next, List.copyOf(byOrganization.values())))));
        return ranges;
    }

    private static LoggedSection better(LoggedSection a, LoggedSection b) {
        return Comparator.comparingLong(LoggedSection::writes)
                                .thenComparing(LoggedSection::blobName)
                                .compare(a, b)
                        >= 0
                ? a
                : b;
    }

    /** Number of ranges that end where this one begins, or before. */
    private static int endingBefore(List<Range> ranges, int at) {
        long first = ranges.get(at).first();
        int low = 0;
        int high = at;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).next() <= first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

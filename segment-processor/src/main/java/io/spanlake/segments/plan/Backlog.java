package io.spanlake.segments.plan;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.PendingSection;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known to wait in one partition, all of one incarnation: the offsets {@code [first, end)} and every section in
 * them. Immutable.
 *
 * @param sections in order of offsets, no range in part
 * @param more     whether the catalog is known to have more from {@code end} on
 */
public record Backlog(
        int partition, int incarnation, long first, long end, List<PendingSection> sections, boolean more) {
    public Backlog {
        sections = List.copyOf(sections);
        if (first < 0 || end < first) {
            throw new IllegalArgumentException("partition %d: not a range: [%d, %d)".formatted(partition, first, end));
        }
    }

    /** Nothing is known of what comes after that. */
    public static Backlog emptyAt(int partition, LogOffset processed) {
        return new Backlog(
                partition, processed.incarnation(), processed.offset(), processed.offset(), List.of(), false);
    }

    public boolean isEmpty() {
        return end == first;
    }

    /** From where the catalog has to be asked for more. */
    public LogOffset known() {
        return new LogOffset(incarnation, end);
    }

    public long writes() {
        return sections.stream().mapToLong(PendingSection::writes).sum();
    }

    /** @param found what the catalog has past {@link #known} */
    public Backlog plus(Pending found) {
        if (isEmpty()) {
            return new Backlog(
                    partition, found.incarnation(), found.first(), found.end(), found.sections(), found.more());
        }
        if (found.incarnation() != incarnation || found.first() != end) {
            // A later incarnation begins once this one is cut.
            return new Backlog(partition, incarnation, first, end, sections, true);
        }
        var all = new ArrayList<>(sections);
        all.addAll(found.sections());
        return new Backlog(partition, incarnation, first, found.end(), all, found.more());
    }

    /** @param next where a cut ended */
    public Backlog after(long next) {
        if (next <= first || next > end) {
            throw new IllegalArgumentException(
                    "partition %d: a cut of [%d, %d) up to %d".formatted(partition, first, end, next));
        }
        var left = sections.stream().filter(section -> section.first() >= next).toList();
        return new Backlog(partition, incarnation, next, end, left, more);
    }

    /** Whether a cut may end behind the section: the others of its range come before it. */
    public boolean mayEndAfter(int index) {
        return index == sections.size() - 1
                || sections.get(index + 1).first() >= sections.get(index).next();
    }

    /** Where a cut ends that takes so many sections: at the end of all, where it takes all. */
    public long nextAfter(int taken) {
        return taken == sections.size() ? end : sections.get(taken - 1).next();
    }
}

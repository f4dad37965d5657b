package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which partitions are flushed, and when to ask again. Pure: no clock, no store.
 *
 * <ol>
 *   <li>An organization is due when its last flush is {@code flushAfter} old, or its bytes reach {@code flushBytes}.
 *   <li>A partition's offset moves in one piece, so a flush takes a partition with all organizations in it: it is due
 *       when all of them are, or its oldest write is {@code flushAfter} old, or its bytes reach {@code flushBytes}; but
 *       never before its oldest write has waited {@code linger}.
 *   <li>A flush takes all partitions that are due, and with them those whose organizations get an object anyway: their
 *       writes ride along for free.
 * </ol>
 */
final class FlushPlanner {
    private FlushPlanner() {}

    /** @param lastFlush of each organization that was flushed of late; one that is missing is due */
    static FlushPlan plan(
            List<Waiting> waiting, Map<OrganizationId, Instant> lastFlush, FlushLimits limits, Instant now) {
        var bytes = bytesByOrganization(waiting);
        var due = new ArrayList<Waiting>();
        var later = new ArrayList<Waiting>();
        Instant wakeAt = Instant.MAX;
        for (var partition : waiting) {
            var dueAt = dueAt(partition, bytes, lastFlush, limits);
            if (dueAt.isAfter(now)) {
                later.add(partition);
                wakeAt = dueAt.isBefore(wakeAt) ? dueAt : wakeAt;
            } else {
                due.add(partition);
            }
        }
        addThoseThatRideAlong(due, later);
        due.sort(Comparator.comparing(Waiting::oldest).thenComparing(Waiting::partition));
        return new FlushPlan(
                due.stream().map(Waiting::partition).toList(),
                wakeAt.equals(Instant.MAX) ? Optional.empty() : Optional.of(wakeAt));
    }

    static Instant dueAt(
            Waiting partition,
            Map<OrganizationId, Long> bytes,
            Map<OrganizationId, Instant> lastFlush,
            FlushLimits limits) {
        if (partition.closing() || partition.bytes() >= limits.flushBytes()) {
            return Instant.MIN;
        }
        var patience = partition.oldest().plus(limits.flushAfter());
        var organizations = partition.organizations().isEmpty()
                ? patience
                : partition.organizations().keySet().stream()
                        .map(organization -> dueAt(organization, bytes, lastFlush, limits))
                        .reduce(Instant.MIN, FlushPlanner::later);
        var earliest = partition.oldest().plus(limits.linger());
        return later(earliest, organizations.isBefore(patience) ? organizations : patience);
    }

    private static Instant dueAt(
            OrganizationId organization,
            Map<OrganizationId, Long> bytes,
            Map<OrganizationId, Instant> lastFlush,
            FlushLimits limits) {
        var last = lastFlush.get(organization);
        return last == null || bytes.getOrDefault(organization, 0L) >= limits.flushBytes()
                ? Instant.MIN
                : last.plus(limits.flushAfter());
    }

    private static void addThoseThatRideAlong(List<Waiting> due, List<Waiting> later) {
        if (due.isEmpty()) {
            return;
        }
        var flushed = new HashSet<OrganizationId>();
        due.forEach(partition -> flushed.addAll(partition.organizations().keySet()));
        later.stream()
                .filter(partition ->
                        flushed.containsAll(partition.organizations().keySet()))
                .forEach(due::add);
    }

    private static Map<OrganizationId, Long> bytesByOrganization(List<Waiting> waiting) {
        var bytes = new HashMap<OrganizationId, Long>();
        for (var partition : waiting) {
            partition.organizations().forEach((organization, more) -> bytes.merge(organization, more, Long::sum));
        }
        return bytes;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}

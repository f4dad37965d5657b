package io.spanlake.simulation.catalog;

import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionLease;
import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.catalog.work.CompactionReason;
import io.spanlake.model.ObjectRef;
import io.spanlake.simulation.catalog.Tables.CutSection;
import io.spanlake.simulation.catalog.Tables.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What there is to compact: {@code WorkSql.NEXT}, said plainly. */
final class WorkModel {
    private static final Duration DAY = Duration.ofDays(1);

    private final Tables tables;

    WorkModel(Tables tables) {
        this.tables = tables;
    }

    private record Due(ObjectRef object, CompactionReason reason, Instant since) {}

    List<CompactionLease> next(CompactionLane lane, CompactionLimits limits, Duration lease, int most) {
        var due = new TreeMap<ObjectRef, Due>(Tables.BY_OBJECT);
        candidates(limits).stream()
                .filter(found -> found.reason.lane() == lane)
                .forEach(found -> due.merge(found.object, found, WorkModel::both));
        return due.values().stream()
                .filter(found -> {
                    var object = tables.published.get(found.object);
                    return object != null && !object.lease(lane).until.isAfter(tables.now());
                })
                .sorted(Comparator.comparing(Due::reason).thenComparing(Due::since))
                .limit(most)
                .map(found -> lease(found, lease))
                .sorted(Comparator.comparing(CompactionLease::reason))
                .toList();
    }

    private static Due both(Due one, Due other) {
        return new Due(
                one.object,
                one.reason.compareTo(other.reason) <= 0 ? one.reason : other.reason,
                one.since.isBefore(other.since) ? one.since : other.since);
    }

    private CompactionLease lease(Due due, Duration length) {
        var object = Objects.requireNonNull(tables.published.get(due.object));
        var lease = object.lease(due.reason.lane());
        lease.token++;
        lease.until = tables.now().plus(length);
        return new CompactionLease(due.object, object.organization, due.reason, lease.token, lease.until);
    }

    private List<Due> candidates(CompactionLimits limits) {
        var found = new ArrayList<Due>();
        tails(limits, found);
        for (var part : tables.parts.values()) {
            if (part.eraseBy != null && part.eraseBy.isBefore(tables.now().plus(limits.eraseAhead()))) {
                found.add(new Due(part.object, CompactionReason.ERASE, part.eraseBy));
            }
            if (part.deadRows() > 0 && part.deadRows() > limits.deadShare() * part.file.rows()) {
                found.add(new Due(part.object, CompactionReason.DEAD_ROWS, part.publishedAt));
            }
            if (isRetained(part)) {
                found.add(new Due(part.object, CompactionReason.RETENTION, part.publishedAt));
            }
        }
        merges(limits.merges(), found);
        return found;
    }

    private void tails(CompactionLimits limits, List<Due> found) {
        var bySegment = new HashMap<ObjectRef, Map<UUID, List<CutSection>>>();
        for (var section : tables.cutSections.values()) {
            var object = section.section().object();
            if (section.carried()) {
                if (!section.committedAt().isAfter(tables.now().minus(limits.carriedAge()))) {
                    found.add(new Due(object, CompactionReason.CARRIED, section.committedAt()));
                }
            } else {
                bySegment
                        .computeIfAbsent(object, _ -> new HashMap<>())
                        .computeIfAbsent(section.section().segment(), _ -> new ArrayList<>())
                        .add(section);
            }
        }
        bySegment.forEach((object, segments) -> {
            var bytes = segments.values().stream().map(WorkModel::rawBytes).toList();
            var oldest = segments.values().stream()
                    .flatMap(List::stream)
                    .map(CutSection::committedAt)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            if (bytes.stream().anyMatch(of -> of >= limits.segmentBytes())
                    || bytes.stream().mapToLong(of -> of).sum() >= limits.objectBytes()
                    || !oldest.isAfter(tables.now().minus(limits.tailAge()))) {
                found.add(new Due(object, CompactionReason.TAIL, oldest));
            }
        });
    }

    private static long rawBytes(List<CutSection> sections) {
        return sections.stream()
                .mapToLong(section -> section.section().rawBytes())
                .sum();
    }

    private boolean isRetained(Part part) {
        var keep = tables.retention.get(part.file.project());
        if (keep == null || part.object.type().keepsVersions()) {
            return false;
        }
        var before = tables.now().minus(keep);
        return part.file.times().newestFirst().time().isBefore(before)
                || part.file.times().oldestFirst().time().isBefore(before.minus(DAY));
    }

    private void merges(CompactionLimits.Merges merges, List<Due> found) {
        var byLevel = new HashMap<ObjectRef, Map<Integer, List<Part>>>();
        for (var part : tables.parts.values()) {
            if (part.file.level() < merges.belowLevel()
                    && part.file.rawBytes() < merges.belowRawBytes()
                    && part.file.rows() < merges.belowRows()) {
                byLevel.computeIfAbsent(part.object, _ -> new TreeMap<>())
                        .computeIfAbsent(part.file.level(), _ -> new ArrayList<>())
                        .add(part);
            }
        }
        byLevel.values().stream()
                .flatMap(levels -> levels.values().stream())
                .filter(parts -> parts.size() >= merges.parts())
                .forEach(parts -> found.add(merge(parts)));
    }

    private static Due merge(List<Part> parts) {
        var since = parts.stream()
                .map(part -> part.publishedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Due(parts.getFirst().object, CompactionReason.MERGE, since);
    }

    long tailSections(Duration age) {
        return tables.cutSections.values().stream()
                .filter(section -> !section.carried())
                .filter(section -> !section.committedAt().isAfter(tables.now().minus(age)))
                .count();
    }

    Optional<CompactionLease> renew(CompactionLease lease, Duration by) {
        var object = tables.published.get(lease.object());
        if (object == null || object.lease(lease.reason().lane()).token != lease.token()) {
            return Optional.empty();
        }
        var held = object.lease(lease.reason().lane());
        var until = tables.now().plus(by);
        held.until = until.isAfter(held.until) ? until : held.until;
        return Optional.of(
                new CompactionLease(lease.object(), lease.organization(), lease.reason(), lease.token(), held.until));
    }

    void done(CompactionLease lease, Duration rest) {
        var object = tables.published.get(lease.object());
        if (object != null && object.lease(lease.reason().lane()).token == lease.token()) {
            object.lease(lease.reason().lane()).until = tables.now().plus(rest);
        }
    }
}

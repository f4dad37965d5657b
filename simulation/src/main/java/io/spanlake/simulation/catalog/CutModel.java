package io.spanlake.simulation.catalog;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.UnbalancedException;
import io.spanlake.catalog.parts.ObjectGap;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.CutChecks;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.OpenedSegment;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.processed.UnreadableWrites;
import io.spanlake.model.ObjectRef;
import io.spanlake.simulation.catalog.Tables.CutBlobRow;
import io.spanlake.simulation.catalog.Tables.CutSection;
import io.spanlake.simulation.catalog.Tables.LogSection;
import io.spanlake.simulation.catalog.Tables.Position;
import io.spanlake.simulation.catalog.Tables.Published;
import io.spanlake.simulation.catalog.Tables.Reign;
import io.spanlake.simulation.catalog.Tables.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cuts: {@code CutSql}, said plainly. */
class CutModel {
    final Tables tables;

    CutModel(Tables tables) {
        this.tables = tables;
    }

    Map<Integer, ProcessedPosition> claim(Collection<Integer> partitions) {
        var claimed = new HashMap<Integer, ProcessedPosition>();
        for (int partition : new TreeSet<>(partitions)) {
            var position = tables.processed.get(partition);
            if (position == null) {
                position = new Position(1, 0, 1);
                tables.processed.put(partition, position);
            } else {
                position.epoch++;
            }
            tables.processedReigns.put(new Reign(partition, position.epoch), position.place());
            claimed.put(partition, new ProcessedPosition(partition, position.place(), position.epoch));
        }
        return claimed;
    }

    Map<Integer, ProcessedPosition> positions() {
        var positions = new HashMap<Integer, ProcessedPosition>();
        tables.processed.forEach((partition, position) ->
                positions.put(partition, new ProcessedPosition(partition, position.place(), position.epoch)));
        return positions;
    }

    // ------------------------------------------------------------------------------------------------------ pending

    Pending sectionsAfter(int partition, LogOffset after, int mostRanges) {
        var log = tables.wal.get(partition);
        var waiting = sectionsFrom(partition, after);
        if (waiting.isEmpty()) {
            int incarnation = log == null ? 1 : log.incarnation;
            long offset = log == null ? 0 : log.offset;
            long end = incarnation == after.incarnation() ? Math.max(offset, after.offset()) : after.offset();
            return new Pending(partition, after.incarnation(), after.offset(), end, List.of(), false);
        }
        int incarnation = waiting.getFirst().incarnation();
        var ranges = new TreeMap<Long, Long>();
        waiting.stream()
                .filter(section -> section.incarnation() == incarnation)
                .forEach(section -> ranges.merge(section.first(), section.next(), Math::max));
        boolean more = ranges.size() > mostRanges;
        var taken = new TreeSet<>(ranges.keySet().stream().limit(mostRanges).toList());
        var sections = waiting.stream()
                .filter(section -> section.incarnation() == incarnation && taken.contains(section.first()))
                .map(this::pending)
                .sorted(Comparator.comparingLong(PendingSection::first).thenComparing(PendingSection::blobName))
                .toList();
        long first = incarnation == after.incarnation()
                ? after.offset()
                : sections.getFirst().first();
        long end = !more && log != null && log.incarnation == incarnation
                ? log.offset
                : sections.getLast().next();
        return new Pending(partition, incarnation, first, end, sections, more);
    }

    private List<LogSection> sectionsFrom(int partition, LogOffset place) {
        return tables.logSections.stream()
                .filter(section -> section.partition() == partition
                        && new LogOffset(section.incarnation(), section.first()).compareTo(place) >= 0)
                .sorted(Comparator.comparingInt(LogSection::incarnation).thenComparingLong(LogSection::first))
                .toList();
    }

    private PendingSection pending(LogSection section) {
        var blob = Objects.requireNonNull(tables.logBlobs.get(section.blob()));
        var objects = new HashMap<ObjectRef, Long>();
        tables.logObjects.stream()
                .filter(of -> of.blob() == section.blob() && of.partition() == section.partition())
                .forEach(of -> objects.put(of.object(), of.writes()));
        return new PendingSection(
                blob.name(),
                blob.organization(),
                blob.bytes(),
                blob.footerOffset(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next(),
                section.writes(),
                section.stampSum(),
                objects);
    }

    // ------------------------------------------------------------------------------------------------------- commit

    CommittedCuts commit(Cuts cuts) {
        CutChecks.check(cuts);
        var taken = new TreeSet<Integer>();
        for (var range : cuts.ranges()) {
            if (fits(range)) {
                mustAddUp(range);
                taken.add(range.partition());
            }
        }
        var listed = cuts.objects().stream()
                .filter(object -> object.sections().stream().anyMatch(section -> taken.contains(section.partition())))
                .toList();
        BlobNamesTaken.refuse(tables, listed.stream().map(ProcessedObject::name).toList());
        cuts.ranges().stream()
                .filter(range -> taken.contains(range.partition()))
                .forEach(this::move);
        listed.forEach(object -> list(object, taken, cuts));
        close(cuts, taken);
        cuts.unreadable().stream()
                .filter(gap -> taken.contains(gap.partition()))
                .forEach(this::enter);
        cuts.ranges().stream()
                .filter(range -> !taken.contains(range.partition()) && wasTakenBefore(range, cuts))
                .map(CutRange::partition)
                .toList()
                .forEach(taken::add);
        var refused =
                new TreeSet<>(cuts.ranges().stream().map(CutRange::partition).toList());
        refused.removeAll(taken);
        return new CommittedCuts(taken, refused);
    }

    /** The compare-and-set. */
    boolean fits(CutRange range) {
        var position = tables.processed.get(range.partition());
        if (position == null || position.epoch != range.epoch() || position.incarnation > range.incarnation()) {
            return false;
        }
        if (position.incarnation == range.incarnation()) {
            return position.offset == range.first();
        }
        var waiting = sectionsFrom(range.partition(), position.place());
        return !waiting.isEmpty()
                && waiting.getFirst().incarnation() == range.incarnation()
                && waiting.getFirst().first() == range.first();
    }

    private void mustAddUp(CutRange range) {
        var log = tables.wal.get(range.partition());
        var within = within(range);
        long sum = within.stream().mapToLong(LogSection::stampSum).sum();
        Optional<String> fault;
        if (log == null || log.place().compareTo(new LogOffset(range.incarnation(), range.next())) < 0) {
            fault = Optional.of("beyond the end of the log");
        } else if (within.stream().anyMatch(section -> section.next() > range.next())) {
            fault = Optional.of("not at the end of a section");
        } else {
            fault = sum == range.balance().in() ? Optional.empty() : Optional.of("not the sum of the log");
        }
        fault.ifPresent(why -> {
            throw new UnbalancedException("%s was not committed: it is %s".formatted(range, why));
        });
    }

    private List<LogSection> within(CutRange range) {
        return tables.logSections.stream()
                .filter(section -> section.partition() == range.partition()
                        && section.incarnation() == range.incarnation()
                        && section.first() >= range.first()
                        && section.first() < range.next())
                .toList();
    }

    private void move(CutRange range) {
        var position = Objects.requireNonNull(tables.processed.get(range.partition()));
        position.incarnation = range.incarnation();
        position.offset = range.next();
        for (var section : within(range)) {
            Instant until = section.readUntil();
            if (until != null) {
                position.readUntil = LogModel.later(position.readUntil, until);
            }
        }
    }

    private void list(ProcessedObject object, Collection<Integer> taken, Cuts cuts) {
        var sections = object.sections().stream()
                .filter(section -> taken.contains(section.partition()))
                .toList();
        var blob = new CutBlobRow(
                tables.nextId(), object.name(), object.organization(), object.bytes(), object.footerOffset());
        sections.forEach(section -> blob.partitions.add(section.partition()));
        blob.sectionsLeft = sections.size();
        tables.cutBlobs.put(blob.id, blob);
        tables.list(object.name(), object.bytes());
        for (var section : sections) {
            long id = tables.nextId();
            tables.cutSections.put(id, new CutSection(id, blob.id, section, false, tables.now()));
            grow(section, cuts);
            tables.published.computeIfAbsent(section.object(), _ -> new Published(object.organization()));
        }
    }

    private void grow(ProcessedSection section, Cuts cuts) {
        var segment = tables.segments.computeIfAbsent(
                section.segment(), _ -> new Segment(section.object(), section.partition(), tables.now()));
        segment.rows += section.rows();
        segment.rawBytes += section.rawBytes();
        segment.cutAt = tables.now();
        if (cuts.closedSegments().contains(section.segment()) && segment.closedAt == null) {
            segment.closedAt = tables.now();
        }
    }

    private void close(Cuts cuts, Collection<Integer> taken) {
        for (var id : cuts.closedSegments()) {
            var segment = tables.segments.get(id);
            if (segment != null && segment.closedAt == null && taken.contains(segment.partition)) {
                segment.closedAt = tables.now();
            }
        }
    }

    private void enter(UnreadableWrites gap) {
        var gaps = tables.objectGaps.computeIfAbsent(gap.object(), _ -> new ArrayList<>());
        if (gaps.stream()
                .noneMatch(
                        known -> known.walObject().equals(gap.walObject()) && known.partition() == gap.partition())) {
            gaps.add(new ObjectGap(
                    gap.walObject(),
                    gap.partition(),
                    gap.incarnation(),
                    gap.first(),
                    gap.next(),
                    gap.writes(),
                    gap.reason(),
                    tables.now()));
        }
    }

    private boolean wasTakenBefore(CutRange range, Cuts cuts) {
        var began = tables.processedReigns.get(new Reign(range.partition(), range.epoch()));
        var position = tables.processed.get(range.partition());
        if (began == null || position == null) {
            return false;
        }
        var ended =
                tables.processedReigns.getOrDefault(new Reign(range.partition(), range.epoch() + 1), position.place());
        return began.compareTo(new LogOffset(range.incarnation(), range.first())) <= 0
                && ended.compareTo(new LogOffset(range.incarnation(), range.next())) >= 0
                && cuts.objects().stream()
                        .filter(object -> object.sections().stream()
                                .anyMatch(section -> section.partition() == range.partition()))
                        .allMatch(object -> tables.cutBlob(object.name()).stream()
                                .anyMatch(blob -> blob.partitions.contains(range.partition())));
    }

    // ------------------------------------------------------------------------------------------------------- memory

    List<OpenedSegment> open(int partition) {
        return tables.segments.entrySet().stream()
                .filter(entry -> entry.getValue().partition == partition && entry.getValue().closedAt == null)
                .sorted(Comparator.comparing((Map.Entry<java.util.UUID, Segment> entry) -> entry.getValue().openedAt)
                        .thenComparing(entry -> entry.getKey().toString()))
                .map(entry -> opened(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static OpenedSegment opened(java.util.UUID id, Segment segment) {
        return new OpenedSegment(id, segment.object, segment.openedAt, segment.rows, segment.rawBytes);
    }

    List<CutBlob> newest(int partition, int most) {
        var ids = new TreeSet<Long>();
        tables.cutSections.values().stream()
                .filter(section -> section.section().partition() == partition && !section.carried())
                .forEach(section -> ids.add(section.blob()));
        return ids.descendingSet().stream()
                .limit(most)
                .sorted()
                .map(id -> Objects.requireNonNull(tables.cutBlobs.get(id)))
                .map(blob -> new CutBlob(blob.name, blob.bytes, blob.footerOffset))
                .toList();
    }
}

package io.spanlake.catalog.rebuild;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides what a lost catalog said. Pure.
 *
 * <ol>
 *   <li>Of each object the newest checkpoint that is whole says which parts and processed sections count, and up to where it
 *       needs the log no more.
 *   <li>Of each section of the log the objects count that still need it, and of the log the ranges that then have most
 *       writes without overlapping: what is needed was never swept, so a flush that was committed is whole in this. Cuts past a checkpoint are forgotten: the log has them, for it is kept until a checkpoint has them.
 *   <li>The last ranges may lack what died with the writer: they are read from Kafka again where that has them.
 *   <li>Positions follow: the log ends after the last range, and is processed up to the first section that counts.
 * </ol>
 */
public final class RebuildPlanner {
    private final BlobFacts facts;
    private final List<String> problems = new ArrayList<>();
    private final Map<ObjectRef, StoredCheckpoint> published = new TreeMap<>();
    private final Map<Integer, LogOffset> floors = new HashMap<>();

    private RebuildPlanner(BlobFacts facts) {
        this.facts = facts;
    }

    public static RebuiltCatalog plan(BlobFacts facts) {
        return new RebuildPlanner(facts).plan();
    }

    private RebuiltCatalog plan() {
        facts.checkpoints().stream()
                .collect(Collectors.groupingBy(stored -> stored.checkpoint().object()))
                .forEach(this::publish);
        for (var stored : published.values()) {
            stored.checkpoint()
                    .floors()
                    .forEach((partition, floor) -> floors.merge(partition, floor, RebuildPlanner::max));
        }
        var logs = facts.logged().stream()
                .collect(Collectors.groupingBy(
                        LoggedSection::partition,
                        TreeMap::new,
                        Collectors.groupingBy(LoggedSection::incarnation, TreeMap::new, Collectors.toList())));
        var wal = new HashMap<>(floors);
        var ended = new ArrayList<RebuiltCatalog.EndedLog>();
        var listed = new ArrayList<LoggedSection>();
        logs.forEach((partition, incarnations) -> {
            var chosen = chosen(partition, incarnations);
            end(chosen).ifPresent(end -> wal.merge(partition, end, RebuildPlanner::max));
            ended.addAll(ended(partition, chosen));
            chosen.values().forEach(ranges -> ranges.forEach(range -> listed.addAll(range.sections())));
        });
        return new RebuiltCatalog(
                List.copyOf(published.values()),
                listed,
                wal,
                processed(wal, listed),
                ended,
                Widths.of(published.values(), listed, wal.keySet()),
                problems);
    }

    private void publish(ObjectRef object, List<StoredCheckpoint> candidates) {
        var whole = CheckpointChoice.of(candidates, facts.blobs());
        whole.ifPresentOrElse(
                stored -> published.put(object, stored),
                () -> CheckpointChoice.newest(candidates).ifPresent(stored -> salvage(object, stored)));
    }

    /** What is there is served, and what is not is said. A part goes with its deletion vector: dead rows stay dead. */
    private void salvage(ObjectRef object, StoredCheckpoint stored) {
        var checkpoint = stored.checkpoint();
        var missing = CheckpointChoice.missing(checkpoint, facts.blobs());
        problems.add("%s is not whole, %s lacks %s".formatted(object, stored.blobName(), missing));
        var kept = new Checkpoint(
                checkpoint.organization(),
                object,
                checkpoint.width(),
                checkpoint.version(),
                checkpoint.floors(),
                checkpoint.sections().stream()
                        .filter(section -> !missing.contains(section.blobName()))
                        .toList(),
                checkpoint.parts().stream()
                        .filter(part -> !missing.contains(part.file().name())
                                && !missing.contains(part.file().orcName())
                                && part.dead()
                                        .map(dead -> !missing.contains(dead.name()))
                                        .orElse(true))
                        .toList());
        published.put(object, new StoredCheckpoint(stored.blobName(), stored.bytes(), kept));
    }

    private NavigableMap<Integer, List<LogChoice.Range>> chosen(
            int partition, NavigableMap<Integer, List<LoggedSection>> incarnations) {
        var chosen = new TreeMap<Integer, List<LogChoice.Range>>();
        incarnations.forEach((incarnation, sections) -> chosen.put(
                incarnation,
                LogChoice.of(sections.stream()
                        .filter(section -> !isAcrossAFloor(section))
                        .flatMap(section -> needed(section).stream())
                        .toList())));
        int last = chosen.lastKey();
        chosen.computeIfPresent(last, (incarnation, ranges) -> settled(partition, incarnation, ranges));
        chosen.forEach((incarnation, ranges) -> tellHoles(partition, incarnation, ranges));
        return chosen;
    }

    /** Cuts end where committed sections end, so such a one was never committed. */
    private boolean isAcrossAFloor(LoggedSection section) {
        var first = new LogOffset(section.incarnation(), section.first());
        var next = new LogOffset(section.incarnation(), section.next());
        return published.values().stream()
                .map(stored -> stored.checkpoint().floors().get(section.partition()))
                .filter(Objects::nonNull)
                .distinct()
                .anyMatch(floor -> first.compareTo(floor) < 0 && floor.compareTo(next) < 0);
    }

    /** Without those at the end that Kafka can give again. */
    private List<LogChoice.Range> settled(int partition, int incarnation, List<LogChoice.Range> ranges) {
        var kafka = facts.kafka().get(partition);
        if (kafka == null || ranges.isEmpty() || kafka.next() < ranges.getLast().next()) {
            return ranges;
        }
        var settledBefore = newest().minus(facts.margin());
        var floor = floors.getOrDefault(partition, new LogOffset(0, 0));
        int keep = ranges.size();
        while (keep > 0 && isDoubtful(ranges.get(keep - 1), incarnation, floor, kafka.first(), settledBefore)) {
            keep--;
        }
        return List.copyOf(ranges.subList(0, keep));
    }

    private static boolean isDoubtful(
            LogChoice.Range range, int incarnation, LogOffset floor, long begins, Instant settledBefore) {
        return range.first() >= begins
                && new LogOffset(incarnation, range.first()).compareTo(floor) >= 0
                && range.sections().stream()
                        .anyMatch(section -> section.storedAt().isAfter(settledBefore));
    }

    private Instant newest() {
        return facts.logged().stream()
                .map(LoggedSection::storedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Below a floor the log may be swept. */
    private void tellHoles(int partition, int incarnation, List<LogChoice.Range> ranges) {
        var floor = floors.getOrDefault(partition, new LogOffset(0, 0));
        for (int i = 1; i < ranges.size(); i++) {
            long end = ranges.get(i - 1).next();
            long first = ranges.get(i).first();
            if (first > end && new LogOffset(incarnation, first).compareTo(floor) > 0) {
                problems.add("partition %d: no WAL object has [%d, %d): no record there counted, or it is lost"
                        .formatted(partition, end, first));
            }
        }
    }

    /** Of the last incarnation, where it has any range left: else of what is before. */
    private static Optional<LogOffset> end(NavigableMap<Integer, List<LogChoice.Range>> chosen) {
        return chosen.descendingMap().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry ->
                        new LogOffset(entry.getKey(), entry.getValue().getLast().next()))
                .findFirst();
    }

    private static List<RebuiltCatalog.EndedLog> ended(
            int partition, NavigableMap<Integer, List<LogChoice.Range>> chosen) {
        return chosen.headMap(chosen.lastKey(), false).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new RebuiltCatalog.EndedLog(
                        partition, entry.getKey(), entry.getValue().getLast().next()))
                .toList();
    }

    /** With the objects that still need it; absent where none does. */
    private Optional<LoggedSection> needed(LoggedSection section) {
        var kept = new HashMap<>(section.objects());
        kept.keySet().removeIf(object -> covered(object, section));
        return kept.isEmpty() ? Optional.empty() : Optional.of(section.with(kept));
    }

    private boolean covered(ObjectRef object, LoggedSection section) {
        var stored = published.get(object);
        var floor = stored == null ? null : stored.checkpoint().floors().get(section.partition());
        return floor != null && new LogOffset(section.incarnation(), section.next()).compareTo(floor) <= 0;
    }

    private static Map<Integer, LogOffset> processed(Map<Integer, LogOffset> wal, Collection<LoggedSection> listed) {
        var processed = new HashMap<>(wal);
        for (var section : listed) {
            processed.merge(
                    section.partition(), new LogOffset(section.incarnation(), section.first()), RebuildPlanner::min);
        }
        return processed;
    }

    private static LogOffset max(LogOffset a, LogOffset b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static LogOffset min(LogOffset a, LogOffset b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

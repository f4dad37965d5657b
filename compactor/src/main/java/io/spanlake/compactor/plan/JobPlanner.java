package io.spanlake.compactor.plan;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.catalog.work.CompactionReason;
import io.spanlake.catalog.work.Erasure;
import io.spanlake.model.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides what is done next with an object, from one snapshot of it. Pure: no clock, no store.
 *
 * <ol>
 *   <li>what the object was leased for, in the lane it was leased in;
 *   <li>a tail is taken oldest first, so that what waits for older writes comes free;
 *   <li>before parts are written anew, those that are expired as a whole go: it makes all else less.
 * </ol>
 */
public final class JobPlanner {
    private static final long DAY_SECONDS = 86_400;
    /** By which what is closed lags behind what is read. */
    private static final Duration APPEND_WINDOW = Duration.ofSeconds(30);
    /** By which clocks of broker and catalog may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);
    /** By which the time of a transaction may differ from any clock: gateways draw it. */
    private static final Duration IDS = Duration.ofMinutes(10);

    private static final Comparator<LivePart> OLDEST_FIRST =
            Comparator.comparing(part -> part.file().times().oldestFirst());

    private JobPlanner() {}

    /**
     * @param whole       a snapshot that has all sections and parts
     * @param expired     rows that arrived before are kept no longer
     * @param asked       rows all of whose versions go
     */
    public static Optional<Job> next(
            ObjectSnapshot whole,
            CompactionReason reason,
            PlanLimits limits,
            Optional<TransactionId> expired,
            List<Erasure> asked) {
        return switch (reason.lane()) {
            case TAIL -> tail(whole, limits, asked);
            case REWRITE -> expired(whole, expired).or(() -> rewrite(whole, reason, limits, expired));
        };
    }

    private static Optional<Job> expired(ObjectSnapshot whole, Optional<TransactionId> expired) {
        return expired.map(before -> partsWhere(whole, part -> isExpired(part, before)))
                .filter(old -> !old.isEmpty())
                .map(Job.ExpireParts::new);
    }

    private static Optional<Job> rewrite(
            ObjectSnapshot whole, CompactionReason reason, PlanLimits limits, Optional<TransactionId> expired) {
        return switch (reason) {
            case FORGET, TAIL, CARRIED -> Optional.empty();
            case ERASE -> firstToErase(whole).map(part -> anew(part, whole, limits));
            case DEAD_ROWS ->
                mostlyDead(whole, limits).map(part -> anew(part, whole, limits)).or(() -> merge(whole, limits));
            case RETENTION ->
                expired.flatMap(before -> oldest(whole, before))
                        .map(part -> anew(part, whole, limits))
                        .or(() -> merge(whole, limits));
            case MERGE -> merge(whole, limits);
        };
    }

    private static Optional<Job> tail(ObjectSnapshot whole, PlanLimits limits, List<Erasure> asked) {
        var taken = new ArrayList<LiveSection>();
        long rows = 0;
        long bytes = 0;
        var oldestFirst = whole.sections().stream()
                .sorted(Comparator.comparing(section -> section.section().minStamp()))
                .toList();
        for (var section : oldestFirst) {
            rows += section.section().rows();
            bytes += section.section().rawBytes();
            if (!taken.isEmpty() && (rows > limits.jobRows() || bytes > limits.jobRawBytes())) {
                break;
            }
            taken.add(section);
        }
        var rest = oldestFirst.subList(taken.size(), oldestFirst.size());
        var forgotten = asked.stream().filter(row -> isProcessed(whole, row)).toList();
        var fulfilled = forgotten.stream().filter(row -> isAllLater(rest, row)).toList();
        return forgotten.isEmpty() && (taken.isEmpty() || waits(whole, taken))
                ? Optional.empty()
                : Optional.of(new Job.IndexTail(taken, forgotten, fulfilled));
    }

    /** Whether all of the sections is of writes that came after somebody asked, by whatever clock. */
    private static boolean isAllLater(List<LiveSection> sections, Erasure row) {
        return sections.stream()
                .map(section -> section.section().minStamp().transaction().time())
                .allMatch(first -> first.isAfter(row.askedAt().plus(IDS)));
    }

    /** Whether all that was acknowledged before somebody asked stands in processed sections or parts. */
    private static boolean isProcessed(ObjectSnapshot whole, Erasure row) {
        var readUntil = whole.processedClosed().time().plus(APPEND_WINDOW);
        return readUntil.isAfter(row.askedAt().plus(CLOCKS));
    }

    /** Whether all of it was carried before, and nothing has come since that could resolve any of it. */
    private static boolean waits(ObjectSnapshot whole, List<LiveSection> taken) {
        if (!taken.stream().allMatch(LiveSection::carried)) {
            return false;
        }
        var settledBy = whole.settledBy(taken.stream().map(LiveSection::id).collect(Collectors.toUnmodifiableSet()));
        return taken.stream()
                .allMatch(section ->
                        settledBy.compareTo(section.section().minStamp().transaction()) <= 0);
    }

    /** So many parts of the lowest level that has enough of them, the oldest first. */
    private static Optional<Job> merge(ObjectSnapshot whole, PlanLimits limits) {
        var levels = new TreeMap<Integer, List<LivePart>>();
        partsWhere(whole, part -> isSmall(part.file(), limits.merges()))
                .forEach(part -> levels.computeIfAbsent(part.file().level(), _ -> new ArrayList<>())
                        .add(part));
        return levels.values().stream()
                .filter(parts -> parts.size() >= limits.mergeParts())
                .findFirst()
                .map(parts -> new Job.RewriteParts(fitting(parts, limits)));
    }

    /**
     * The part, with others of its level where these wait to be merged: else an object of which each part has something to lose,
     * time and again, would never have fewer parts.
     */
    private static Job anew(LivePart part, ObjectSnapshot whole, PlanLimits limits) {
        var others = partsWhere(whole, other -> isMergedWith(part, other, limits.merges()));
        if (!isSmall(part.file(), limits.merges()) || 1 + others.size() < limits.mergeParts()) {
            return new Job.RewriteParts(List.of(part));
        }
        var taken = new ArrayList<>(List.of(part));
        taken.addAll(others.stream().sorted(OLDEST_FIRST).toList());
        return new Job.RewriteParts(atMost(taken, limits));
    }

    private static boolean isMergedWith(LivePart part, LivePart other, CompactionLimits.Merges merges) {
        return !other.equals(part) && other.file().level() == part.file().level() && isSmall(other.file(), merges);
    }

    private static List<LivePart> fitting(List<LivePart> parts, PlanLimits limits) {
        return atMost(parts.stream().sorted(OLDEST_FIRST).toList(), limits);
    }

    /** The first of them, two at least, that make no more than a whole part. */
    private static List<LivePart> atMost(List<LivePart> parts, PlanLimits limits) {
        var taken = new ArrayList<LivePart>();
        long bytes = 0;
        for (var part : parts) {
            bytes += part.file().rawBytes();
            if (taken.size() >= 2 && bytes > limits.partRawBytes()) {
                break;
            }
            taken.add(part);
        }
        return taken;
    }

    /** One at a time, the worst first: each is a swap of its own. */
    private static Optional<LivePart> mostlyDead(ObjectSnapshot whole, PlanLimits limits) {
        return partsWhere(whole, part -> isMostlyDead(part, limits)).stream()
                .max(Comparator.comparingDouble(JobPlanner::deadShare));
    }

    /** Of the parts of which some rows are expired for a day, so that each is written anew once a day at most. */
    private static Optional<LivePart> oldest(ObjectSnapshot whole, TransactionId expired) {
        long before = expired.unixSeconds() - DAY_SECONDS;
        return whole.parts().stream()
                .filter(part -> part.file().times().oldestFirst().unixSeconds() < before)
                .min(OLDEST_FIRST);
    }

    /** Of the parts that have a date, the one whose comes first. */
    private static Optional<LivePart> firstToErase(ObjectSnapshot whole) {
        return whole.parts().stream()
                .filter(part -> part.eraseBy().isPresent())
                .min(Comparator.comparing(part -> part.eraseBy().orElseThrow()));
    }

    private static boolean isMostlyDead(LivePart part, PlanLimits limits) {
        return deadShare(part) > limits.deadShare();
    }

    private static double deadShare(LivePart part) {
        return 1 - (double) part.liveRows() / part.file().rows();
    }

    private static boolean isSmall(PartFile part, CompactionLimits.Merges merges) {
        return part.level() < merges.belowLevel()
                && part.rawBytes() < merges.belowRawBytes()
                && part.rows() < merges.belowRows();
    }

    private static boolean isExpired(LivePart part, TransactionId before) {
        return part.file().times().newestFirst().compareTo(before) < 0;
    }

    private static List<LivePart> partsWhere(ObjectSnapshot whole, Predicate<LivePart> test) {
        return whole.parts().stream().filter(test).toList();
    }
}

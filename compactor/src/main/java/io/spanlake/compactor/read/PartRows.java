package io.spanlake.compactor.read;

import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.PartRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/**
 * The live rows of some parts, trace by trace. Parts follow one another as they arrived; a trace that lies in several of them
 * comes once, where it comes first. Holds some 40 bytes a trace, and a bounded number of decoded groups: the rows of a trace lie
 * among those of others, which come soon after. Blocks; not thread-safe.
 */
public final class PartRows {
    /** Takes one row. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * @param trace what the rows of one trace have in common
         * @param alone whether they all lie in one part, side by side
         */
        void row(long trace, PartRow row, boolean alone);
    }

    /** Rows {@code [first, next)} of one part, all of one trace. */
    private record Run(int part, long trace, int first, int next) {}

    private final List<OpenPart> parts;
    private final FrameCache<List<PartRow>> groups;

    /**
     * @param parts      in order of arrival
     * @param cacheBytes of decoded rows
     */
    public PartRows(List<OpenPart> parts, long cacheBytes) {
        this.parts = List.copyOf(parts);
        this.groups = new FrameCache<>(cacheBytes);
    }

    public void forEach(Consumer consumer) {
        var runs = runs();
        var byTrace = new HashMap<Long, List<Run>>();
        runs.forEach(run ->
                byTrace.computeIfAbsent(run.trace, _ -> new ArrayList<>(1)).add(run));
        Run stretch = null;
        for (var run : runs) {
            var sameTrace = Objects.requireNonNull(byTrace.get(run.trace));
            boolean alone = sameTrace.size() == 1;
            if (alone && stretch != null && follows(stretch, run)) {
                stretch = new Run(stretch.part, stretch.trace, stretch.first, run.next);
                continue;
            }
            if (stretch != null) {
                read(stretch, true, consumer);
                stretch = null;
            }
            if (alone) {
                stretch = run;
            } else if (sameTrace.getFirst().equals(run)) {
                sameTrace.forEach(piece -> read(piece, false, consumer));
            }
        }
        if (stretch != null) {
            read(stretch, true, consumer);
        }
    }

    private static boolean follows(Run stretch, Run run) {
        return stretch.part == run.part && stretch.next == run.first;
    }

    private List<Run> runs() {
        var runs = new ArrayList<Run>();
        for (int part = 0; part < parts.size(); part++) {
            addRuns(part, runs);
        }
        return runs;
    }

    private void addRuns(int part, List<Run> runs) {
        String open = null;
        int first = 0;
        int next = 0;
        for (PartKey key : parts.get(part).reader().keys().toIterable()) {
            if (!key.traceKey().equals(open)) {
                if (open != null) {
                    runs.add(new Run(part, Placement.hash(open), first, key.ordinal()));
                }
                open = key.traceKey();
                first = key.ordinal();
            }
            next = key.ordinal() + 1;
        }
        if (open != null) {
            runs.add(new Run(part, Placement.hash(open), first, next));
        }
    }

    private void read(Run run, boolean alone, Consumer consumer) {
        var part = parts.get(run.part);
        int ordinal = run.first;
        while (ordinal < run.next) {
            int first = part.reader().groupFirst(ordinal);
            var rows = group(run.part, first);
            for (; ordinal < run.next && ordinal - first < rows.size(); ordinal++) {
                if (!part.isDead(ordinal)) {
                    var row = rows.get(ordinal - first);
                    consumer.row(Placement.hash(row.traceKey()), row, alone);
                }
            }
        }
    }

    private List<PartRow> group(int part, int first) {
        var key = new FrameCache.Key(part, first);
        var rows = groups.get(key);
        if (rows == null) {
            var reader = parts.get(part).reader();
            rows = Objects.requireNonNull(reader.rows(first, reader.groupNext(first) - first)
                    .collectList()
                    .block());
            groups.put(
                    key,
                    rows,
                    rows.stream().mapToLong(row -> row.stored().json().length()).sum());
        }
        return rows;
    }
}

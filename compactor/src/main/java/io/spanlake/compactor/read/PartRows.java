package io.spanlake.compactor.read;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.PartRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/**
 * The live rows of some parts, trace by trace. Parts follow one another as they arrived; a trace that lies in several of them
 * comes once, where it comes first. Holds some 40 bytes a trace. Blocks; not thread-safe.
 */
public final class PartRows {
    /** Takes one row. */
    @FunctionalInterface
    public interface Consumer {
        /** @param trace what the rows of one trace have in common */
        void row(long trace, RowState row);
    }

    /** Rows {@code [first, next)} of one part, all of one trace. */
    private record Run(int part, long trace, int first, int next) {}

    private final ObjectRef object;
    private final List<OpenPart> parts;

    /** @param parts in order of arrival */
    public PartRows(ObjectRef object, List<OpenPart> parts) {
        this.object = object;
        this.parts = List.copyOf(parts);
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
                read(stretch, consumer);
                stretch = null;
            }
            if (alone) {
                stretch = run;
            } else if (sameTrace.getFirst().equals(run)) {
                sameTrace.forEach(piece -> read(piece, consumer));
            }
        }
        if (stretch != null) {
            read(stretch, consumer);
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

    private void read(Run run, Consumer consumer) {
        var part = parts.get(run.part);
        int ordinal = run.first;
        for (PartRow row : part.reader().rows(run.first, run.next - run.first).toIterable(1)) {
            if (!part.isDead(ordinal)) {
                consumer.row(Placement.hash(row.traceKey()), row.stored().state(object, row.rowId()));
            }
            ordinal++;
        }
    }
}

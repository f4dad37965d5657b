package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan.SourceObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far a run is: all of its passes over objects. Thread-safe. */
public final class Progress {
    private static final long WHOLE = 100;

    private record Pass(SourceObjects objects, ScanTally tally) {}

    private final List<Pass> passes = new CopyOnWriteArrayList<>();

    public ScanTally begin(SourceObjects objects, Hint hint) {
        var tally = new ScanTally(hint);
        passes.add(new Pass(objects, tally));
        return tally;
    }

    /** The passes over each source, in the order in which they began. */
    public Map<SourceObjects, List<ScanTally>> passes() {
        Map<SourceObjects, List<ScanTally>> all = new LinkedHashMap<>();
        for (var pass : passes) {
            all.computeIfAbsent(pass.objects, _ -> new CopyOnWriteArrayList<>()).add(pass.tally);
        }
        return all;
    }

    public long rowsRead() {
        return passes.stream().mapToLong(pass -> pass.tally.rowsRead()).sum();
    }

    public long bytesRead() {
        return passes.stream().mapToLong(pass -> pass.tally.bytesRead()).sum();
    }

    /** Of what is known to be read; a query that needs only the first rows ends before 100. */
    public int percent() {
        long admitted =
                passes.stream().mapToLong(pass -> pass.tally.rowsAdmitted()).sum();
        return admitted == 0 ? 0 : (int) Math.min(WHOLE, WHOLE * rowsRead() / admitted);
    }
}

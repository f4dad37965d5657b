package io.spanlake.segments.fold;

import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.row.RowState;
import io.spanlake.segments.place.TraceKey;
import io.spanlake.segments.place.TraceLoad;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** The rows of one trace in a cut, in the order in which they came. */
record TraceRows(TraceKey trace, List<RowState> rows) {
    private static final Comparator<RowState> AS_THEY_CAME =
            Comparator.comparing(RowState::first, Stamp::compareTo).thenComparing(RowState::rowId);

    /** @param rows of any objects, each row once */
    static List<TraceRows> of(Collection<RowState> rows) {
        var sorted = rows.stream().sorted(AS_THEY_CAME).toList();
        var traces = new LinkedHashMap<TraceKey, List<RowState>>();
        for (var row : sorted) {
            traces.computeIfAbsent(traceOf(row), _ -> new ArrayList<>()).add(row);
        }
        return traces.entrySet().stream()
                .map(entry -> new TraceRows(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A row that names no trace is a trace of its own, and so is a patch whose row is elsewhere. */
    static TraceKey traceOf(RowState row) {
        return new TraceKey(row.object(), Placement.hash(row.traceId().orElse(row.rowId())));
    }

    TraceLoad load() {
        return new TraceLoad(
                trace, rows.size(), rows.stream().mapToLong(RowState::bytes).sum());
    }
}

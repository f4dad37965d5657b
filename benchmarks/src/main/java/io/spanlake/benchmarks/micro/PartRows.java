package io.spanlake.benchmarks.micro;

import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.TraceSource;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.part.index.IndexedRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Whole rows in trace order, as a compactor has them. */
final class PartRows {
    private static final int MEGABYTE = 1_000_000;

    private PartRows() {}

    static List<IndexedRow> ofMegabytes(int megabytes) {
        var folder = Objects.requireNonNullElse(System.getenv("SPANLAKE_CORPUS"), "../shared/data");
        var requests = Replay.asSdk(MicroTraces.OBJECT.id())
                .requests(TraceSource.open(folder, (long) megabytes * MEGABYTE).lines(), new Random(1));
        var traces = new LinkedHashMap<String, LinkedHashMap<String, RowState>>();
        for (Write write : MicroTraces.writes(requests)) {
            traces.computeIfAbsent(write.traceId().orElse(write.rowId()), _ -> new LinkedHashMap<>())
                    .merge(write.rowId(), RowState.of(write), RowState::join);
        }
        var rows = new ArrayList<IndexedRow>();
        traces.values().forEach(states -> states.values().forEach(state -> rows.add(row(state))));
        return rows;
    }

    private static IndexedRow row(RowState state) {
        return new IndexedRow(
                false,
                state.first(),
                state.first().transaction().value(),
                StoredRow.of(state).json());
    }

    static long bytes(List<IndexedRow> rows) {
        return rows.stream().mapToLong(row -> row.json().length()).sum();
    }
}

package io.spanlake.benchmarks.micro;

import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.TraceSource;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.index.IndexedRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Whole rows in trace order, as a compactor has them. */
final class PartRows {
    /** Of {@link #of}: all recorded traces, or only those of one agent, whose calls repeat the conversation so far. */
    static final String ALL = "all";

    static final String TAU_BENCH = "tau-bench";

    private static final int BYTES_MAX = 200_000_000;

    private PartRows() {}

    static List<PartRow> of(String traces) {
        var folder = Objects.requireNonNullElse(System.getenv("SPANLAKE_CORPUS"), "../shared/data");
        var lines = TraceSource.open(folder, BYTES_MAX).lines().stream()
                .filter(line -> traces.equals(ALL) || isTauBench(line))
                .toList();
        var requests = Replay.asSdk(MicroTraces.OBJECT.id()).requests(lines, new Random(1));
        var states = new LinkedHashMap<String, LinkedHashMap<String, RowState>>();
        for (Write write : MicroTraces.writes(requests)) {
            states.computeIfAbsent(write.traceId().orElse(write.rowId()), _ -> new LinkedHashMap<>())
                    .merge(write.rowId(), RowState.of(write), RowState::join);
        }
        var rows = new ArrayList<PartRow>();
        var closed = TransactionId.of(4_000_000_000L, 0);
        states.values().forEach(trace -> trace.values().forEach(state -> rows.add(PartRow.of(state.settle(closed)))));
        return rows;
    }

    private static boolean isTauBench(ByteSlice line) {
        return line.toUtf8().contains("\"source\":\"sierra-research/tau-bench\"");
    }

    static IndexedRow indexed(PartRow row) {
        var facts = row.facts();
        return new IndexedRow(
                facts.trace().root(),
                facts.first(),
                facts.startMicros(),
                row.stored().json());
    }

    static long bytes(List<PartRow> rows) {
        return rows.stream().mapToLong(row -> row.stored().json().length()).sum();
    }
}

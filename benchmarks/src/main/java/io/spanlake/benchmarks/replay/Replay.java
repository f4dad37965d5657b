package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The requests of an application that runs many agents at once: rows of {@code concurrent} traces interleaved at random,
 * each trace's in order of time; time itself is compressed away, since the schedule of the load decides when to send.
 *
 * @param rowsPerRequest as SDKs batch: 100
 * @param bytesPerRequest a batch ends before it would pass this
 * @param concurrent      traces that are under way at any moment
 */
public record Replay(String projectId, int rowsPerRequest, int bytesPerRequest, int concurrent) {
    public static final int SDK_ROWS = 100;
    public static final int SDK_BYTES = 3 << 20;
    private static final Comparator<TimedRow> BY_TIME = Comparator.comparing(TimedRow::time);

    /** As an SDK does by itself. */
    public static Replay asSdk(String projectId) {
        return new Replay(projectId, SDK_ROWS, SDK_BYTES, 64);
    }

    public Replay withRowsPerRequest(int rows) {
        return new Replay(projectId, rows, bytesPerRequest, concurrent);
    }

    /** @param lines spans in the neutral form */
    public List<Request> requests(List<ByteSlice> lines, RandomGenerator random) {
        var waiting = tracesOf(lines);
        var active = new ArrayList<Deque<TimedRow>>();
        var batches = new ArrayList<Request>();
        var batch = new ArrayList<TimedRow>();
        int batchBytes = 0;
        while (!waiting.isEmpty() || !active.isEmpty()) {
            var row = nextRow(waiting, active, random);
            if (batch.size() == rowsPerRequest
                    || (!batch.isEmpty() && batchBytes + row.json().length() > bytesPerRequest)) {
                batches.add(Request.of(batch));
                batch.clear();
                batchBytes = 0;
            }
            batch.add(row);
            batchBytes += row.json().length();
        }
        if (!batch.isEmpty()) {
            batches.add(Request.of(batch));
        }
        return batches;
    }

    private TimedRow nextRow(Deque<Deque<TimedRow>> waiting, List<Deque<TimedRow>> active, RandomGenerator random) {
        while (active.size() < concurrent && !waiting.isEmpty()) {
            active.add(waiting.removeFirst());
        }
        int chosen = random.nextInt(active.size());
        var row = active.get(chosen).removeFirst();
        if (active.get(chosen).isEmpty()) {
            active.set(chosen, active.getLast());
            active.removeLast();
        }
        return row;
    }

    private Deque<Deque<TimedRow>> tracesOf(List<ByteSlice> lines) {
        var rows = new SpanRows(projectId);
        var traces = new LinkedHashMap<String, List<TimedRow>>();
        for (var line : lines) {
            for (var row : rows.of(line)) {
                traces.computeIfAbsent(row.trace(), trace -> new ArrayList<>()).add(row);
            }
        }
        var ordered = new ArrayDeque<Deque<TimedRow>>();
        for (var trace : traces.values()) {
            trace.sort(BY_TIME);
            ordered.add(new ArrayDeque<>(trace));
        }
        return ordered;
    }
}

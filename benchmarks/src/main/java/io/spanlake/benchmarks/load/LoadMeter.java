package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.Request;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts what happened to requests. Thread-safe. */
final class LoadMeter {
    private static final long LATENCY_MAX_MICROS = Duration.ofMinutes(5).toNanos() / 1000;

    private final Recorder latencies = new Recorder(LATENCY_MAX_MICROS, 3);
    private final LongAdder requests = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder rowBytes = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    void taken(Request request, long latencyNanos) {
        latencies.recordValue(Math.min(Math.max(0, latencyNanos / 1000), LATENCY_MAX_MICROS));
        requests.increment();
        rows.add(request.rows().size());
        rowBytes.add(request.rowBytes());
    }

    void busy() {
        busy.increment();
    }

    void failed(String why) {
        failures.computeIfAbsent(why, key -> new LongAdder()).increment();
    }

    LoadResult result(Duration elapsed) {
        var failed = new TreeMap<String, Long>();
        failures.forEach((why, count) -> failed.put(why, count.sum()));
        Histogram latency = latencies.getIntervalHistogram();
        return new LoadResult(requests.sum(), rows.sum(), rowBytes.sum(), elapsed, latency, busy.sum(), failed);
    }
}

package io.spanlake.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a load came to.
 *
 * @param requests  acknowledged
 * @param rows      in them
 * @param rowBytes  JSON of those rows alone, uncompressed
 * @param latencies in microseconds; under a schedule from the moment a request was due, not from when it was sent
 * @param busy      answers 429 and 503; such a request was sent again
 * @param failures  every other answer, by what it was
 */
public record LoadResult(
        long requests,
        long rows,
        long rowBytes,
        Duration elapsed,
        Histogram latencies,
        long busy,
        Map<String, Long> failures) {
    public LoadResult {
        failures = Map.copyOf(failures);
    }

    /** Millions of bytes of rows a second. */
    public double megabytesPerSecond() {
        return rowBytes * 1e3 / elapsed.toNanos();
    }

    public double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    /** For a person. */
    public String summary() {
        return "%,d requests, %,d rows, %.1f MB/s; acknowledged p50 %.1f, p99 %.1f, max %.1f ms; busy %,d; failed %s"
                .formatted(
                        requests,
                        rows,
                        megabytesPerSecond(),
                        millisAt(50),
                        millisAt(99),
                        millisAt(100),
                        busy,
                        failures.isEmpty() ? "none" : failures);
    }
}

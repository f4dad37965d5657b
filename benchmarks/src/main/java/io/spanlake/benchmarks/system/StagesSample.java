package io.spanlake.benchmarks.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One reading of every stage.
 *
 * @param rowBytes acknowledged so far
 * @param meters   sums over tags, but for those that are picked by one
 * @param waiting  what {@code /standalone/stages} says of it
 */
record StagesSample(
        long nanoTime,
        long rowBytes,
        Map<String, Double> meters,
        JsonNode waiting,
        StageTimes cpu,
        Footprint footprint) {
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(\\{[^}]*})? (\\S+)", Pattern.MULTILINE);
    private static final JsonMapper JSON = new JsonMapper();
    private static final double MEGABYTE = 1e6;

    StagesSample {
        meters = Map.copyOf(meters);
    }

    static StagesSample of(long rowBytes, String prometheus, String stages, StageTimes cpu, Footprint footprint) {
        var meters = new HashMap<String, Double>();
        var samples = SAMPLE.matcher(prometheus);
        while (samples.find()) {
            double value = number(samples.group(3));
            meters.merge(samples.group(1), value, Double::sum);
            if (samples.group(2) != null && samples.group(2).contains("area=\"heap\"")) {
                meters.merge(samples.group(1) + "{heap}", value, Double::sum);
            }
        }
        var waiting = JSON.readTree(stages).at("/stock/waiting");
        return new StagesSample(System.nanoTime(), rowBytes, meters, waiting, cpu, footprint);
    }

    private static double number(String text) {
        return text.equals("NaN") || text.endsWith("Inf") ? 0 : Double.parseDouble(text);
    }

    double processedLag() {
        return waiting.path("unprocessed_seconds").asDouble(0);
    }

    double indexedLag() {
        return waiting.path("unindexed_seconds").asDouble(0);
    }

    double unindexedBytes() {
        return waiting.path("unindexed_raw_bytes").asDouble(0);
    }

    /** What was left of the heap when it was last collected. */
    double liveHeap() {
        return meter("jvm_gc_live_data_size_bytes");
    }

    private double meter(String name) {
        return meters.getOrDefault(name, 0.0);
    }

    private double megabytesSince(StagesSample earlier) {
        return (rowBytes - earlier.rowBytes) / MEGABYTE;
    }

    /** Rate and lag of each stage, and memory. */
    String since(StagesSample earlier) {
        double seconds = (nanoTime - earlier.nanoTime) / 1e9;
        return String.format(
                Locale.ROOT,
                "%.1f MB/s; lag: log %.1f s, processed %.0f s, indexed %.0f s; unindexed %.0f MB; heap %.0f MB (live %.0f); resident %.0f MB; cores %.2f",
                megabytesSince(earlier) / seconds,
                meter("spanlake_wal_lag_seconds"),
                processedLag(),
                indexedLag(),
                unindexedBytes() / MEGABYTE,
                meter("jvm_memory_used_bytes{heap}") / MEGABYTE,
                liveHeap() / MEGABYTE,
                footprint.residentBytes() / MEGABYTE,
                footprint.coresSince(earlier.footprint, Duration.ofNanos(nanoTime - earlier.nanoTime)));
    }

    /** For each megabyte acknowledged. */
    String costSince(StagesSample earlier) {
        double megabytes = Math.max(megabytesSince(earlier), 1e-3);
        return String.format(
                Locale.ROOT,
                "per MB: %.2f blobs put, %.2f catalog transactions, %.1f core-ms",
                (meter("spanlake_blobs_put_total") - earlier.meter("spanlake_blobs_put_total")) / megabytes,
                (meter("spanlake_catalog_statements_total") - earlier.meter("spanlake_catalog_statements_total"))
                        / megabytes,
                footprint.coresSince(earlier.footprint, Duration.ofNanos(nanoTime - earlier.nanoTime))
                        * (nanoTime - earlier.nanoTime)
                        / 1e6
                        / megabytes);
    }

    String stagesSince(StagesSample earlier) {
        return cpu.perMegabyteSince(earlier.cpu, Math.max(megabytesSince(earlier), 1e-3));
    }
}

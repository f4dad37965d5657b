package io.spanlake.standalone.show;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Sums over the samples of a Prometheus page, tags left aside. */
public final class Meters {
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(\\{[^}]*})? (\\S+)", Pattern.MULTILINE);
    private static final Map<String, String> COUNTS = Map.of(
            "spanlake_gateway_rows_total", "rows_taken",
            "spanlake_wal_received_total", "writes_received",
            "spanlake_wal_flushes_total", "flushes",
            "spanlake_segments_writes_total", "writes_processed",
            "spanlake_segments_blobs_total", "processed_blobs",
            "spanlake_compactor_swaps_total", "swaps",
            "spanlake_compactor_swept_blobs_total", "blobs_deleted");
    private static final Map<String, String> FAULTS = Map.of(
            "spanlake_gateway_refused_total", "requests_refused",
            "spanlake_wal_unreadable_total", "records_unreadable",
            "spanlake_wal_late_total", "records_late",
            "spanlake_segments_sections_rebuilt_total", "sections_rebuilt",
            "spanlake_segments_sections_missing_total", "sections_missing",
            "spanlake_compactor_failed_jobs_total", "compactions_failed");

    private final Map<String, Double> sums;

    private Meters(Map<String, Double> sums) {
        this.sums = sums;
    }

    public static Meters of(String page) {
        var sums = new LinkedHashMap<String, Double>();
        var samples = SAMPLE.matcher(page);
        while (samples.find()) {
            sums.merge(samples.group(1), number(samples.group(3)), Double::sum);
        }
        return new Meters(sums);
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN", "+Inf", "-Inf" -> 0;
            default -> Double.parseDouble(text);
        };
    }

    public Map<String, Long> sinceStart() {
        return pick(COUNTS);
    }

    public Map<String, Long> faults() {
        return pick(FAULTS);
    }

    private Map<String, Long> pick(Map<String, String> names) {
        var picked = new TreeMap<String, Long>();
        names.forEach((meter, name) -> {
            var sum = sums.get(meter);
            if (sum != null) {
                picked.put(name, Math.round(sum));
            }
        });
        return picked;
    }
}

package io.spanlake.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings in which every stage has much to do with little: cuts, parts, merges, sweeps within seconds. */
final class BusyStages {
    /** Of a standalone. */
    static final Map<String, String> SETTINGS = settings();

    /** Of services on their own. */
    static final Map<String, String> OF_SERVICES = ofServices();

    private BusyStages() {}

    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("SPANLAKE_INDEXING_ENABLED", "true");
        settings.put("SPANLAKE_SEGMENTS_CUTAFTER", "1s");
        settings.put("SPANLAKE_SEGMENTS_SEGMENTBYTES", "16MB");
        settings.put("SPANLAKE_SEGMENTS_TRACEBYTES", "8MB");
        settings.put("SPANLAKE_SEGMENTS_SEGMENTROWS", "2000");
        settings.put("SPANLAKE_SEGMENTS_SEGMENTAGE", "10s");
        settings.put("SPANLAKE_COMPACTOR_POLLEVERY", "200ms");
        settings.put("SPANLAKE_COMPACTOR_SEGMENTTAIL", "512KB");
        settings.put("SPANLAKE_COMPACTOR_OBJECTTAIL", "2MB");
        settings.put("SPANLAKE_COMPACTOR_TAILAGE", "2s");
        settings.put("SPANLAKE_COMPACTOR_CARRIEDAGE", "3s");
        settings.put("SPANLAKE_COMPACTOR_PART", "8MB");
        settings.put("SPANLAKE_COMPACTOR_TRACEPART", "4MB");
        settings.put("SPANLAKE_COMPACTOR_MERGEPARTS", "3");
        settings.put("SPANLAKE_COMPACTOR_DEADSHARE", "0.05");
        settings.put("SPANLAKE_COMPACTOR_ERASEAFTER", "5s");
        // Of a process that was killed: its objects rest for so long.
        settings.put("SPANLAKE_COMPACTOR_LEASE", "3s");
        settings.put("SPANLAKE_COMPACTOR_ORPHANAGE", "20s");
        settings.put("SPANLAKE_COMPACTOR_ORPHANSEVERY", "2s");
        settings.put("SPANLAKE_COMPACTOR_SWEEPEVERY", "1s");
        settings.put("SPANLAKE_COMPACTOR_SWEEPGRACE", "5s");
        return Map.copyOf(settings);
    }

    private static Map<String, String> ofServices() {
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.remove("SPANLAKE_INDEXING_ENABLED");
        // Nine processes share the machine: a job may take longer than elsewhere, and its outputs must not be given up.
        settings.put("SPANLAKE_COMPACTOR_ORPHANAGE", "60s");
        // So may a page of a walk, whose blobs have to outlive it.
        settings.put("SPANLAKE_COMPACTOR_SWEEPGRACE", "30s");
        return Map.copyOf(settings);
    }
}

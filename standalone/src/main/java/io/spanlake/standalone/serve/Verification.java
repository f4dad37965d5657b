package io.spanlake.standalone.serve;

import io.spanlake.query.verify.CatalogVerifier;
import io.spanlake.storage.verify.Fault;
import io.spanlake.storage.verify.ObjectReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks everything that is live and tells, line by line, what it found. */
final class Verification {
    private final CatalogVerifier verifier;
    private final Path folder;

    /** @param folder for files while it runs */
    Verification(CatalogVerifier verifier, Path folder) {
        this.verifier = verifier;
        this.folder = folder;
    }

    /**
     * {@code {"begun":true}} at once, so that nobody waits for the first object in doubt; a line for each object as it is
     * done; one for each fault of a blob; {@code {"done":true}}.
     */
    Flux<Map<String, Object>> lines() {
        return Flux.concat(
                Mono.just(Map.of("begun", true)),
                verifier.objects(folder).map(Verification::line),
                verifier.blobs().map(Verification::line),
                Mono.just(Map.of("done", true)));
    }

    private static Map<String, Object> line(ObjectReport report) {
        var line = new LinkedHashMap<String, Object>();
        line.put("object", report.object().toString());
        line.put("wal_sections", report.walSections());
        line.put("wal_writes", report.walWrites());
        line.put("processed_sections", report.processedSections());
        line.put("processed_rows", report.processedRows());
        line.put("parts", report.parts());
        line.put("part_rows", report.partRows());
        line.put("dead_rows", report.deadRows());
        line.put("bytes", report.bytes());
        line.put("fault_count", report.faultCount());
        line.put("faults", report.faults().stream().map(Verification::line).toList());
        return line;
    }

    private static Map<String, Object> line(Fault fault) {
        return Map.of("blob", fault.blob(), "what", fault.what());
    }
}

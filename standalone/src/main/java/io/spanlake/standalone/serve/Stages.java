package io.spanlake.standalone.serve;

import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.standalone.serve.LogEdges.Edges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How far each stage is, partition by partition. */
final class Stages {
    private final WalSnapshots snapshots;
    private final ProcessedCommits processed;
    private final LogEdges edges;

    Stages(WalSnapshots snapshots, ProcessedCommits processed, LogEdges edges) {
        this.snapshots = snapshots;
        this.processed = processed;
        this.edges = edges;
    }

    Mono<List<Map<String, Object>>> partitions() {
        return Mono.zip(snapshots.positions(), processed.positions())
                .flatMap(read ->
                        edges.of(read.getT1().keySet()).map(found -> partitions(read.getT1(), read.getT2(), found)));
    }

    private static List<Map<String, Object>> partitions(
            Map<Integer, WalPosition> positions, Map<Integer, ProcessedPosition> cuts, Map<Integer, Edges> edges) {
        var partitions = new ArrayList<Map<String, Object>>();
        new TreeMap<>(positions).values().forEach(position -> {
            var edge = edges.getOrDefault(position.partition(), new Edges(0, position.offset()));
            var partition = new LinkedHashMap<String, Object>();
            partition.put("partition", position.partition());
            partition.put("incarnation", position.incarnation());
            partition.put("log_first", edge.first());
            partition.put("log_next", edge.next());
            partition.put("wal_offset", position.offset());
            partition.put("wal_lag", Math.max(0, edge.next() - position.offset()));
            if (cuts.containsKey(position.partition())) {
                long processed = processedOffset(position, cuts.get(position.partition()));
                partition.put("processed_offset", processed);
                partition.put("processed_lag", Math.max(0, position.offset() - processed));
            }
            position.stopped().ifPresent(reason -> partition.put("stopped", reason));
            partitions.add(partition);
        });
        return partitions;
    }

    /** In the offsets of the incarnation that the log is in; 0 while an earlier one is processed. */
    private static long processedOffset(WalPosition position, @Nullable ProcessedPosition cut) {
        return cut == null || cut.offset().incarnation() != position.incarnation()
                ? 0
                : cut.offset().offset();
    }
}

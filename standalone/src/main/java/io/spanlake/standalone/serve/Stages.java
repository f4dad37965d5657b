package io.spanlake.standalone.serve;

import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.standalone.serve.LogEdges.Edges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** How far each stage is, partition by partition. */
final class Stages {
    private final WalSnapshots snapshots;
    private final LogEdges edges;

    Stages(WalSnapshots snapshots, LogEdges edges) {
        this.snapshots = snapshots;
        this.edges = edges;
    }

    Mono<List<Map<String, Object>>> partitions() {
        return snapshots
                .positions()
                .flatMap(positions -> edges.of(positions.keySet()).map(found -> partitions(positions, found)));
    }

    private static List<Map<String, Object>> partitions(
            Map<Integer, WalPosition> positions, Map<Integer, Edges> edges) {
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
            position.stopped().ifPresent(reason -> partition.put("stopped", reason));
            partitions.add(partition);
        });
        return partitions;
    }
}

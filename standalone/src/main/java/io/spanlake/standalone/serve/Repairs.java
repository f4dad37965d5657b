package io.spanlake.standalone.serve;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.standalone.serve.LogEdges.Edges;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gets stopped partitions going again, and says what is missing for good. */
final class Repairs {
    private final WalSnapshots snapshots;
    private final WalCommits commits;
    private final LogEdges edges;

    Repairs(WalSnapshots snapshots, WalCommits commits, LogEdges edges) {
        this.snapshots = snapshots;
        this.commits = commits;
        this.edges = edges;
    }

    /** Nothing where nothing is stopped. */
    Mono<List<Gap>> repairStopped() {
        return snapshots.positions().flatMap(positions -> {
            var stopped = positions.values().stream()
                    .filter(position -> position.stopped().isPresent())
                    .sorted(Comparator.comparingInt(WalPosition::partition))
                    .toList();
            return stopped.isEmpty() ? Mono.just(List.<Gap>of()) : repair(stopped);
        });
    }

    private Mono<List<Gap>> repair(List<WalPosition> stopped) {
        var partitions = stopped.stream().map(WalPosition::partition).toList();
        return edges.of(partitions)
                .flatMap(found -> Flux.fromIterable(stopped)
                        .concatMap(position -> repair(position, found))
                        .collectList());
    }

    private Mono<Gap> repair(WalPosition position, Map<Integer, Edges> found) {
        var log = found.getOrDefault(position.partition(), new Edges(0, 0));
        return commits.repair(
                position.partition(),
                ResumePoint.of(position.offset(), log),
                position.stopped().orElse("repaired by hand"));
    }
}

package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.value.Paths.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Columns of a part that are needed together. */
final class PartColumns {
    private static final int TOGETHER = 2;

    private record Loaded(List<Step> path, Optional<ColumnVector> vector) {}

    private PartColumns() {}

    /**
     * @param paths whether of each the values are needed, or only whether there is one
     * @return empty where one of them cannot be had without reading rows
     */
    static Mono<Optional<Map<List<Step>, ColumnVector>>> of(PartLayer part, Map<List<Step>, Boolean> paths) {
        return Flux.fromIterable(paths.entrySet())
                .flatMap(
                        need -> (need.getValue() ? part.column(need.getKey()) : part.presence(need.getKey()))
                                .map(vector -> new Loaded(need.getKey(), vector)),
                        TOGETHER,
                        1)
                .collectList()
                .map(all -> {
                    var vectors = new HashMap<List<Step>, ColumnVector>();
                    all.forEach(loaded -> loaded.vector().ifPresent(vector -> vectors.put(loaded.path(), vector)));
                    return vectors.size() == paths.size() ? Optional.of(vectors) : Optional.empty();
                });
    }
}

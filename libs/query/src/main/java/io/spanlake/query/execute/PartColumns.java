package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnNeed;
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

    /** Empty where one of them cannot be had without reading rows. */
    static Mono<Optional<Map<List<Step>, ColumnVector>>> of(PartLayer part, Map<List<Step>, ColumnNeed> needs) {
        return Flux.fromIterable(needs.entrySet())
                .flatMap(need -> loaded(part, need.getKey(), need.getValue()), TOGETHER, 1)
                .collectList()
                .map(all -> {
                    var vectors = new HashMap<List<Step>, ColumnVector>();
                    all.forEach(loaded -> loaded.vector().ifPresent(vector -> vectors.put(loaded.path(), vector)));
                    return vectors.size() == needs.size() ? Optional.of(vectors) : Optional.empty();
                });
    }

    private static Mono<Loaded> loaded(PartLayer part, List<Step> path, ColumnNeed need) {
        var vector = need == ColumnNeed.PRESENCE ? part.presence(path) : part.column(path);
        return vector.map(found -> new Loaded(path, found.filter(need::isMetBy)));
    }
}

package io.spanlake.simulation.node;

import io.spanlake.catalog.work.Erasure;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Nobody asks that rows be forgotten: the world's objects keep no versions. */
record NothingForgotten() implements Erasures {
    @Override
    public Mono<Void> ask(ObjectRef object, List<String> rowIds) {
        return Mono.error(new UnsupportedOperationException("nobody asks"));
    }

    @Override
    public Mono<List<Erasure>> open(ObjectRef object) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<Void> done(List<Erasure> erasures) {
        return Mono.empty();
    }

    @Override
    public Mono<Map<String, Instant>> askedLately(ObjectRef object) {
        return Mono.just(Map.of());
    }
}

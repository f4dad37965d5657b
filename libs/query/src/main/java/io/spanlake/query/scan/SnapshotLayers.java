package io.spanlake.query.scan;

import io.spanlake.query.execute.LooseWish;
import io.spanlake.query.execute.PartLayer;
import io.spanlake.query.execute.RowLayers;
import io.spanlake.query.execute.SourceRow;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** The rows of the tail, and the parts. */
record SnapshotLayers(
        Function<LooseWish, Flux<SourceRow>> tail,
        Function<LooseWish, Flux<LooseRun>> latestFirst,
        List<PartLayer> parts)
        implements RowLayers {
    @Override
    public Flux<LooseRun> looseLatestFirst(LooseWish wish) {
        return Flux.defer(() -> latestFirst.apply(wish));
    }

    @Override
    public Flux<SourceRow> loose(LooseWish wish) {
        return Flux.defer(() -> tail.apply(wish));
    }
}

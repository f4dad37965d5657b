package io.spanlake.query.scan;

import io.spanlake.query.execute.PartLayer;
import io.spanlake.query.execute.RowLayers;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.plan.Hint;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** The rows of the tail, and the parts. */
record SnapshotLayers(
        Function<Hint, Flux<SourceRow>> tail, Function<Hint, Flux<LooseRun>> latestFirst, List<PartLayer> parts)
        implements RowLayers {
    @Override
    public Flux<LooseRun> looseLatestFirst(Hint hint) {
        return Flux.defer(() -> latestFirst.apply(hint));
    }

    @Override
    public Flux<SourceRow> loose(Hint hint) {
        return Flux.defer(() -> tail.apply(hint));
    }
}

package io.spanlake.query.scan;

import io.spanlake.query.execute.PartLayer;
import io.spanlake.query.execute.RowLayers;
import io.spanlake.query.execute.SourceRow;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** The rows of the tail, and the parts. */
record SnapshotLayers(Supplier<Flux<SourceRow>> tail, List<PartLayer> parts) implements RowLayers {
    @Override
    public Flux<SourceRow> loose() {
        return Flux.defer(tail);
    }
}

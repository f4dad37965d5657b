package io.spanlake.query.scan;

import io.spanlake.model.row.RowState;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.TailBlobs;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Fetches the states of rows and folds them into rows as queries see them. */
final class RowFetch {
    private static final int ROWS_IN_FLIGHT = 8;

    private final ReadTarget target;
    private final TailBlobs blobs;
    private final Scheduler folding;

    RowFetch(ReadTarget target, TailBlobs blobs, Scheduler folding) {
        this.target = target;
        this.blobs = blobs;
        this.folding = folding;
    }

    /** In their order, a few ahead of the reader. */
    Flux<SourceRow> rows(Flux<RowPlaces> places) {
        return places.flatMapSequential(this::row, ROWS_IN_FLIGHT, 1);
    }

    private Mono<SourceRow> row(RowPlaces row) {
        return Flux.fromIterable(row.states())
                .concatMap(place -> blobs.state(target.object(), row.rowId(), place), 1)
                .reduce(RowState::join)
                .map(state -> row(row, state))
                .subscribeOn(folding);
    }

    private SourceRow row(RowPlaces row, RowState state) {
        return new SourceRow(
                row.rowId(), state.traceId().orElse(row.rowId()), row.position().key(), state.json(target.identity()));
    }
}

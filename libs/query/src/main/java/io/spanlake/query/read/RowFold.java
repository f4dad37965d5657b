package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.TailBlobs;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Fetches the states of rows and folds them into what a reader sees. */
final class RowFold {
    private static final int ROWS_IN_FLIGHT = 4;
    private static final long LARGE_ROW_BYTES = 1 << 20;

    private final TailBlobs blobs;
    private final Scheduler fold;

    RowFold(TailBlobs blobs, Scheduler fold) {
        this.blobs = blobs;
        this.fold = fold;
    }

    /** The rows in order, a few ahead of the reader; one at a time where they are large. */
    Flux<ByteSlice> json(ReadTarget target, RowSet rows) {
        return Flux.fromIterable(rows.rows()).flatMapSequential(row -> json(target, row), inFlight(rows), 1);
    }

    Mono<ByteSlice> json(ReadTarget target, RowPlaces row) {
        var identity = target.identity();
        return state(target, row).map(state -> state.json(identity));
    }

    /** Heap that {@link #json(ReadTarget, RowSet)} needs at a time: what was fetched, and what is made of it. */
    static long bytesUnderWay(RowSet rows) {
        return 2 * Math.min(rows.bytes(), inFlight(rows) * rows.largestBytes());
    }

    /** On the threads that fold, or, where a block had to be fetched, on the one that decoded it. */
    private Mono<RowState> state(ReadTarget target, RowPlaces row) {
        return Flux.fromIterable(row.states())
                .concatMap(place -> blobs.state(target.object(), row.rowId(), place), 1)
                .reduce(RowState::join)
                .subscribeOn(fold);
    }

    private static int inFlight(RowSet rows) {
        return rows.largestBytes() > LARGE_ROW_BYTES ? 1 : ROWS_IN_FLIGHT;
    }
}

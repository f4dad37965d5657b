package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.tail.RowPlaces;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rows of a trace in the order of their starts, which only the folded rows know. A small trace is folded once and
 * kept; a large one is folded to learn the order and folded again, row by row, as its reader asks.
 */
final class TraceRows {
    private static final long KEPT_BYTES = 4 << 20;

    private final RowFold fold;

    TraceRows(RowFold fold) {
        this.fold = fold;
    }

    Flux<ByteSlice> inOrderOfStart(ReadTarget target, RowSet rows) {
        return rows.bytes() <= KEPT_BYTES ? foldedOnce(target, rows) : foldedTwice(target, rows);
    }

    static long bytesUnderWay(RowSet rows) {
        return RowFold.bytesUnderWay(rows) + Math.min(rows.bytes(), KEPT_BYTES);
    }

    private Flux<ByteSlice> foldedOnce(ReadTarget target, RowSet rows) {
        return fold.json(target, rows)
                .zipWithIterable(rows.rows(), (json, row) -> new Placed(RowStart.of(json, row.position()), row, json))
                .sort(Comparator.comparing(Placed::start))
                .map(Placed::json);
    }

    private Flux<ByteSlice> foldedTwice(ReadTarget target, RowSet rows) {
        return order(target, rows).flatMapMany(ordered -> fold.json(target, rows.inOrder(ordered)));
    }

    private Mono<List<RowPlaces>> order(ReadTarget target, RowSet rows) {
        return fold.json(target, rows)
                .zipWithIterable(rows.rows(), (json, row) -> new Start(RowStart.of(json, row.position()), row))
                .sort(Comparator.comparing(Start::start))
                .map(Start::row)
                .collectList();
    }

    private record Start(RowStart start, RowPlaces row) {}

    private record Placed(RowStart start, RowPlaces row, ByteSlice json) {}
}

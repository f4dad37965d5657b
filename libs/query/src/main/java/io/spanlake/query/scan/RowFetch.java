package io.spanlake.query.scan;

import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.execute.RowKeys;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.PartPlace;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.Source;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.storage.part.RowStretch;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Fetches the states of rows and folds them into rows as queries see them. */
final class RowFetch {
    private static final int ROWS_IN_FLIGHT = 8;
    private static final int STRETCHES_IN_FLIGHT = 2;
    private static final int KEYS_IN_FLIGHT = 16;
    private static final int ROWS_AHEAD = 16;

    private final ReadTarget target;
    private final TailBlobs blobs;
    private final KnownRows known;
    private final Scheduler folding;

    RowFetch(ReadTarget target, TailBlobs blobs, KnownRows known, Scheduler folding) {
        this.target = target;
        this.blobs = blobs;
        this.known = known;
        this.folding = folding;
    }

    /**
     * In their order, a few ahead of the reader.
     *
     * @param fields that are read; empty where all may be. Of a large row no others are held while it waits for its reader
     */
    Flux<SourceRow> rows(Flux<RowPlaces> places, Optional<Set<String>> fields) {
        return RowKeys.suffice(fields)
                ? places.map(row -> RowKeys.row(row.rowId(), row.position().key()))
                : places.flatMapSequential(row -> row(row).map(whole -> whole.only(fields)), ROWS_IN_FLIGHT, 1);
    }

    private Mono<SourceRow> row(RowPlaces row) {
        var part = onlyPart(row);
        if (part.isEmpty()) {
            return folded(row);
        }
        int ordinal = row.states().getFirst().ordinal();
        return Mono.fromSupplier(() -> known.get(part.get(), ordinal))
                .switchIfEmpty(folded(row).doOnNext(folded -> known.put(part.get(), ordinal, folded)));
    }

    private static Optional<OpenPart> onlyPart(RowPlaces row) {
        return row.states().size() == 1 && row.states().getFirst().source() instanceof Source.Part(var part)
                ? Optional.of(part)
                : Optional.empty();
    }

    private Mono<SourceRow> folded(RowPlaces row) {
        return Flux.fromIterable(row.states())
                .concatMap(place -> blobs.state(target.object(), row.rowId(), place), 1)
                .reduce(RowState::join)
                .map(state -> row(row.rowId(), row.position().key(), state))
                .subscribeOn(folding);
    }

    /**
     * Rows of one part that lie nowhere else, in this order.
     *
     * @param ordinals ascending, so that each stretch is read once
     * @param fields   as above
     */
    Flux<SourceRow> rows(OpenPart part, int[] ordinals, Optional<Set<String>> fields) {
        return Flux.fromIterable(part.byStretch(ordinals))
                .flatMapSequential(
                        together -> stretch(part, together).map(row -> row.only(fields)),
                        STRETCHES_IN_FLIGHT,
                        ROWS_AHEAD);
    }

    /** As {@link RowKeys} has them, in this order. */
    Flux<SourceRow> keys(OpenPart part, int[] ordinals) {
        return Flux.fromStream(() -> Arrays.stream(ordinals).boxed())
                .flatMapSequential(ordinal -> blobs.partKey(part, ordinal), KEYS_IN_FLIGHT, 1)
                .map(key -> RowKeys.row(key.rowId(), key.first().paginationNumber()));
    }

    private Flux<SourceRow> stretch(OpenPart part, int[] ordinals) {
        return Flux.defer(() -> known.all(part, ordinals)
                .map(Flux::fromIterable)
                .orElseGet(() -> blobs.partRows(part, ordinals[0])
                        .publishOn(folding)
                        .flatMapIterable(stretch -> rows(part, stretch, ordinals))
                        .onErrorMap(fault -> BlobRefusals.of(part.name(), fault))));
    }

    /** Each folded when it is asked for. */
    private Iterable<SourceRow> rows(OpenPart part, RowStretch stretch, int[] ordinals) {
        return () -> Arrays.stream(ordinals)
                .mapToObj(ordinal -> row(part, stretch, ordinal))
                .iterator();
    }

    private SourceRow row(OpenPart part, RowStretch stretch, int ordinal) {
        var found = known.get(part, ordinal);
        if (found != null) {
            return found;
        }
        var place = new PartPlace(part, stretch.key(ordinal));
        var state =
                stretch.row(ordinal).state(target.object().ref(), place.key().rowId());
        var row = row(place.key().rowId(), place.position().key(), state);
        known.put(part, ordinal, row);
        return row;
    }

    private SourceRow row(String rowId, long paginationNumber, RowState state) {
        return new SourceRow(rowId, paginationNumber, state.json(target.identity()));
    }
}

package io.spanlake.query.scan;

import io.spanlake.model.AbandonedException;
import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.execute.RowKeys;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.PartPlace;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.Source;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.storage.part.RowStretch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Fetches the states of rows and folds them into rows as queries see them. */
final class RowFetch {
    private static final int ROWS_IN_FLIGHT = 8;
    private static final int STRETCHES_IN_FLIGHT = 2;
    private static final int SIFTED_IN_FLIGHT = 4;
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
     * <p>Of a large row no other fields than are wanted are held while it waits for its reader.
     */
    Flux<SourceRow> rows(Flux<RowPlaces> places, RowWish wish) {
        return RowKeys.suffice(wish.fields())
                ? places.map(
                        row -> told(row, RowKeys.row(row.rowId(), row.position().key()), wish))
                : places.flatMapSequential(
                        row -> row(row, wish)
                                .map(whole -> told(row, whole, wish).only(wish.fields())),
                        ROWS_IN_FLIGHT,
                        1);
    }

    private static SourceRow told(RowPlaces row, SourceRow read, RowWish wish) {
        wish.watch().read(PlaceNames.of(row), read);
        return read;
    }

    private Mono<SourceRow> row(RowPlaces row, RowWish wish) {
        var part = onlyPart(row);
        if (part.isEmpty()) {
            return folded(row, wish);
        }
        int ordinal = row.states().getFirst().ordinal();
        return Mono.fromSupplier(() -> known.get(part.get(), ordinal))
                .switchIfEmpty(folded(row, wish).doOnNext(folded -> known.put(part.get(), ordinal, folded)));
    }

    private static Optional<OpenPart> onlyPart(RowPlaces row) {
        return row.states().size() == 1 && row.states().getFirst().source() instanceof Source.Part(var part)
                ? Optional.of(part)
                : Optional.empty();
    }

    private Mono<SourceRow> folded(RowPlaces row, RowWish wish) {
        return Flux.fromIterable(row.states())
                .concatMap(place -> blobs.state(target.object(), row.rowId(), place), 1)
                .reduce(RowState::join)
                .filter(state -> wish.admits(state, row))
                .map(state -> row(row.rowId(), row.position().key(), state))
                .subscribeOn(folding);
    }

    /**
     * Rows of one part that lie nowhere else, in this order.
     *
     * @param ordinals ascending, so that each stretch is read once
     * @param fields   that are wanted; empty where all may be
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

    /**
     * Those of the rows whose JSON the test admits, several stretches at a time. They are kept for whoever reads them next.
     *
     * @param ordinals ascending
     */
    Mono<RoaringBitmap> sifted(OpenPart part, int[] ordinals, RowBytes test, ScanWatch watch) {
        return Flux.fromIterable(part.byStretch(ordinals))
                .flatMap(together -> siftedStretch(part, together, test, watch), SIFTED_IN_FLIGHT, 1)
                .collect(RoaringBitmap::new, (all, some) -> all.or(some))
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    private Mono<RoaringBitmap> siftedStretch(OpenPart part, int[] ordinals, RowBytes test, ScanWatch watch) {
        return Mono.defer(() -> known.all(part, ordinals).isPresent()
                ? Mono.just(RoaringBitmap.bitmapOf(ordinals))
                : blobs.partRows(part, ordinals[0])
                        .publishOn(folding)
                        .map(stretch -> sifted(part, stretch, ordinals, test, watch)));
    }

    private RoaringBitmap sifted(OpenPart part, RowStretch stretch, int[] ordinals, RowBytes test, ScanWatch watch) {
        var admitted = new RoaringBitmap();
        long leftOutBytes = 0;
        for (int ordinal : ordinals) {
            AbandonedException.check();
            var json = stretch.row(ordinal).json();
            if (test.mayBeIn(List.of(json))) {
                row(part, stretch, ordinal);
                admitted.add(ordinal);
            } else {
                leftOutBytes += json.length();
            }
        }
        watch.leftOut(part.name(), ordinals.length - admitted.getLongCardinality(), leftOutBytes);
        return admitted;
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

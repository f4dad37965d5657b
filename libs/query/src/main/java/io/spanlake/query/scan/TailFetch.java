package io.spanlake.query.scan;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.execute.LooseWish;
import io.spanlake.query.execute.RowKeys;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.PickedRows;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.StatesTogether;
import io.spanlake.query.tail.StatesTogether.Found;
import io.spanlake.query.tail.TailBlobs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Fetches rows of the tail, many at a time, as queries see them. */
final class TailFetch {
    /** What is sifted at a time is still in memory when it is read. */
    private static final long SIFTED_BYTES_MAX = 4 << 20;

    private static final int SIFTED_ROWS_FIRST = 64;
    private static final int SIFTED_ROWS_MAX = 4_096;

    private final ReadTarget target;
    private final StatesTogether together;
    private final TailSift sift;

    TailFetch(ReadTarget target, TailBlobs blobs, KnownStates states, Scheduler folding) {
        this.target = target;
        this.together = new StatesTogether(blobs, folding);
        this.sift = new TailSift(blobs, states, folding);
    }

    /** Rows in no order, for whoever wants most of them: of those that meet the condition, where there is one, none is left out. */
    Flux<SourceRow> rows(PickedRows rows, RowWish wish, LooseWish loose) {
        if (loose.condition().isEmpty() && RowKeys.suffice(wish.fields())) {
            return Flux.fromIterable(rows).map(row -> named(row, wish));
        }
        if (loose.condition().isEmpty() && wish.bytes().isEmpty()) {
            return read(rows, wish);
        }
        var condition = loose.condition().map(_ -> loose.hint());
        return sift.known(target.object(), rows, wish.bytes(), condition, wish.watch())
                .flatMapMany(known -> meeting(known, wish, loose).concatWith(possible(known, wish, loose)));
    }

    private static SourceRow named(RowPlaces row, RowWish wish) {
        var named = RowKeys.row(row.rowId(), row.position().key());
        wish.watch().read(PlaceNames.of(row), named);
        return named;
    }

    private Flux<SourceRow> meeting(TailSift.Known known, RowWish wish, LooseWish loose) {
        return loose.unread()
                ? Flux.just(LooseWish.UNREAD).repeat().take(known.meeting().size())
                : read(known.meeting(), wish);
    }

    private Flux<SourceRow> possible(TailSift.Known known, RowWish wish, LooseWish loose) {
        return Flux.fromIterable(known.possible().runs(SIFTED_ROWS_MAX, SIFTED_BYTES_MAX))
                .concatMap(run -> looked(known, run, wish), 1)
                .concatMap(
                        some -> loose.condition().isPresent()
                                ? meeting(known.sections(), some, wish, loose)
                                : read(some, wish),
                        1);
    }

    private Mono<PickedRows> looked(TailSift.Known known, PickedRows run, RowWish wish) {
        return sift.looked(target.object(), run, wish.bytes(), known.sections(), wish.watch());
    }

    /** Those that meet the condition; of a row that is one state, that stays known. */
    private Flux<SourceRow> meeting(LookedSections sections, PickedRows rows, RowWish wish, LooseWish loose) {
        var condition = loose.condition().orElseThrow();
        return together.of(
                        target.object(),
                        rows,
                        found -> read(found, wish)
                                .flatMap(row -> {
                                    boolean meets = condition.test(row.read);
                                    var states = row.places.states();
                                    if (states.size() == 1) {
                                        sections.asked(states.getFirst(), meets);
                                    }
                                    return meets ? Stream.of(row.read.only(wish.fields())) : Stream.empty();
                                })
                                .toList())
                .doOnComplete(sections::learnAsked);
    }

    /** Those rows, in their order, that may be wanted by the bytes of their states; a few first, then more at a time. */
    Flux<RowPlaces> sifted(PickedRows rows, RowWish wish) {
        if (wish.bytes().isEmpty()) {
            return Flux.fromIterable(rows);
        }
        return sift.known(target.object(), rows, wish.bytes(), Optional.empty(), wish.watch())
                .flatMapMany(known -> runs(known.possible()).concatMap(run -> looked(known, run, wish), 1))
                .concatMapIterable(some -> some, 1);
    }

    private static Flux<PickedRows> runs(PickedRows rows) {
        return Flux.generate(() -> 0, (first, sink) -> {
            int most = Math.clamp(2L * first, SIFTED_ROWS_FIRST, SIFTED_ROWS_MAX);
            int next = Math.min(rows.size(), first + most);
            if (first == next) {
                sink.complete();
            } else {
                sink.next(rows.subList(first, next));
            }
            return next;
        });
    }

    private Flux<SourceRow> read(PickedRows rows, RowWish wish) {
        return together.of(
                target.object(),
                rows,
                found -> read(found, wish)
                        .map(row -> row.read.only(wish.fields()))
                        .toList());
    }

    private record Read(RowPlaces places, SourceRow read) {}

    private Stream<Read> read(List<Found> found, RowWish wish) {
        return found.stream()
                .filter(row -> isOneState(row) || wish.admits(row.state(), row.row()))
                .map(row -> folded(row, wish));
    }

    /** Then its bytes were asked before it was read. */
    private static boolean isOneState(Found row) {
        return row.row().states().size() == 1;
    }

    private Read folded(Found found, RowWish wish) {
        AbandonedException.check();
        var row = found.row();
        var read =
                new SourceRow(row.rowId(), row.position().key(), found.state().json(target.identity()));
        wish.watch().read(PlaceNames.of(row), read);
        return new Read(row, read);
    }
}

package io.spanlake.query.read;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.RowPage;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.StatesTogether;
import io.spanlake.query.tail.TailAnswer;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailQuestion;
import io.spanlake.query.tail.TailViews;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reads of an object: {@code wait where strict → snapshot → which rows, where → fetch → fold → send}.
 *
 * <p>Which rows an answer has is decided at once, on one snapshot; their bytes are fetched as the reader asks for them.
 * Everything stops when the reader leaves. Errors are {@code ReadRefusedException}s, or what the catalog or the store
 * could not do. Thread-safe; blocks nobody.
 */
public final class ObjectReads {
    private final TailViews views;
    private final StrictReads strict;
    private final LayeredRows layers;
    private final RowFold fold;
    private final TraceRows traces;
    private final TraceSkeletons skeletons;
    private final ReadMemory memory;
    private final Scheduler folding;
    private final InstantSource clock;

    /**
     * @param folding     bounded, for CPU work
     * @param memoryBytes heap for rows that are being folded and sent, of all reads together
     */
    public ObjectReads(
            TailViews views,
            TailBlobs blobs,
            PartReads parts,
            TraceCounts traceCounts,
            StrictReads strict,
            Scheduler folding,
            long memoryBytes,
            InstantSource clock,
            MeterRegistry registry) {
        this.views = views;
        this.strict = strict;
        this.layers = new LayeredRows(parts, traceCounts);
        this.fold = new RowFold(blobs, folding);
        this.traces = new TraceRows(fold);
        this.skeletons = new TraceSkeletons(new StatesTogether(blobs, folding));
        this.memory = new ReadMemory(memoryBytes, registry);
        this.folding = folding;
        this.clock = clock;
    }

    /** A page of rows in the order of their first writes. */
    public Mono<RowsAnswer> page(ReadTarget target, ReadMode mode, PageRequest request) {
        return Mono.fromSupplier(() -> after(target, request))
                .flatMap(after -> page(target, mode, request, after.map(RowCursor::after))
                        .map(found -> pageAnswer(target, request, after, found)));
    }

    /** The rows behind a place in the order of their first writes, oldest first, without their JSON. */
    public Mono<PlacesAnswer> places(ReadTarget target, ReadMode mode, RowPosition after, PageLimits limits) {
        var request = new PageRequest(RowDirection.OLDEST_FIRST, Optional.empty(), limits);
        return page(target, mode, request, Optional.of(after))
                .map(found -> new PlacesAnswer(found.taken(), found.freshness()));
    }

    /** Rows that {@link #places} named. */
    public HeldRows rows(ReadTarget target, List<RowPlaces> rows) {
        return held(target, RowSet.of(rows));
    }

    private Mono<Found<RowPage>> page(
            ReadTarget target, ReadMode mode, PageRequest request, Optional<RowPosition> after) {
        var question = new TailQuestion.Page(request.direction(), after, request.limits());
        return read(target, mode, question, tail -> layers.page(question, tail))
                .flatMap(found ->
                        found.taken().rows().isEmpty() && found.taken().last().isPresent()
                                ? page(target, mode, request, found.taken().last())
                                : Mono.just(found));
    }

    /** All rows of a trace, in the order of their starts. */
    public Mono<RowsAnswer> trace(ReadTarget target, ReadMode mode, String traceId) {
        return read(target, mode, new TailQuestion.Trace(traceId), tail -> layers.trace(traceId, tail))
                .map(found -> {
                    var rows = RowSet.of(found.taken());
                    var held = new HeldRows(memory, TraceRows.bytesUnderWay(rows), traces.inOrderOfStart(target, rows));
                    return new RowsAnswer(held, Optional.empty(), found.freshness());
                });
    }

    /** All spans of a trace without their values: what a tree of it shows. */
    public Mono<SkeletonAnswer> skeleton(ReadTarget target, ReadMode mode, String traceId) {
        return read(target, mode, new TailQuestion.Trace(traceId), tail -> skeletons.find(traceId, tail))
                .map(answer -> {
                    var found = answer.taken();
                    long spans = found.isSorted() ? found.spans() : 0;
                    var tail = RowSet.of(found.tail());
                    long bytes = spans * TraceSkeletons.SPAN_BYTES
                            + StatesTogether.bytesUnderWay(tail.bytes(), tail.largestBytes());
                    var held = new HeldRows(memory, bytes, skeletons.json(target, traceId, found));
                    return new SkeletonAnswer(held, found.spans(), found.isSorted(), answer.freshness());
                });
    }

    public Mono<RowAnswer> row(ReadTarget target, ReadMode mode, String rowId) {
        return read(target, mode, new TailQuestion.Row(rowId), tail -> layers.row(rowId, tail))
                .map(found -> new RowAnswer(
                        found.taken().map(row -> held(target, RowSet.of(List.of(row)))), found.freshness()));
    }

    public Mono<CountsAnswer> counts(ReadTarget target, ReadMode mode) {
        return read(target, mode, new TailQuestion.Counts(), layers::counts)
                .map(found -> new CountsAnswer(found.taken(), found.freshness()));
    }

    private RowsAnswer pageAnswer(
            ReadTarget target, PageRequest request, Optional<RowCursor> after, Found<RowPage> found) {
        var rows = RowSet.of(found.taken().rows());
        var cursor = PageEnd.cursor(request.direction(), after.map(RowCursor::after), found.taken(), found.closed());
        return new RowsAnswer(held(target, rows), cursor, found.freshness());
    }

    private HeldRows held(ReadTarget target, RowSet rows) {
        return new HeldRows(memory, RowFold.bytesUnderWay(rows), fold.json(target, rows));
    }

    private static Optional<RowCursor> after(ReadTarget target, PageRequest request) {
        return request.cursor()
                .map(text -> RowCursor.parse(text, target.object().ref(), request.direction()));
    }

    /** @param layering adds to what the tail has what the parts of the same snapshot have */
    private <T, R> Mono<Found<R>> read(
            ReadTarget target, ReadMode mode, TailQuestion<T> question, Function<TailAnswer<T>, Mono<R>> layering) {
        var tails = views.read(target.object(), question);
        var seen = switch (mode) {
            case STRICT -> strict.read(target.object().ref(), tails, TailAnswer::state);
            case NEWEST -> tails;
        };
        return seen.flatMap(tail -> {
                    var freshness = new Freshness(mode, tail.state(), clock.instant());
                    return layering.apply(tail).map(taken -> new Found<>(taken, freshness));
                })
                .publishOn(folding);
    }

    private record Found<T>(T taken, Freshness freshness) {
        TransactionId closed() {
            return freshness.state().closed();
        }
    }
}

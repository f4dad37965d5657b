package io.spanlake.query.scan;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.execute.LooseWish;
import io.spanlake.query.execute.PartLayer;
import io.spanlake.query.execute.RowLayers;
import io.spanlake.query.execute.RowLayers.LooseRun;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.part.PartPage;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.PlacedRows;
import io.spanlake.query.tail.RowPlaces;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The visible rows of an object at one snapshot: those of the tail, folded with their bases, and those of parts that the tail
 * has not anew and that indexes admit.
 */
final class SnapshotRows implements RowView {
    /** Rows of parts that are found at a time where their order is asked for; more each time. */
    private static final int RUN_FIRST = 64;

    private static final int RUN_MAX = 4_096;
    private static final int LOOSE_RUN_GROWTH = 4;

    private final ReadTarget target;
    private final PlacedRows tail;
    private final List<VisiblePart> parts;
    private final TransactionId closed;
    private final RowFetch fetch;
    private final TailFetch ofTail;
    private final PartReads reads;
    private final PartVectors vectors;
    private final KnownHints known;
    private final Scheduler search;

    SnapshotRows(
            ReadTarget target,
            PlacedRows tail,
            List<VisiblePart> parts,
            TransactionId closed,
            RowFetch fetch,
            TailFetch ofTail,
            PartReads reads,
            PartVectors vectors,
            KnownHints known,
            Scheduler search) {
        this.target = target;
        this.tail = tail;
        this.parts = parts;
        this.closed = closed;
        this.fetch = fetch;
        this.ofTail = ofTail;
        this.reads = reads;
        this.vectors = vectors;
        this.known = known;
        this.search = search;
    }

    @Override
    public ObjectRef object() {
        return target.object().ref();
    }

    @Override
    public Optional<TransactionId> closed() {
        return Optional.of(closed);
    }

    @Override
    public Optional<RowLayers> layers(Optional<Set<String>> fields, ScanWatch watch) {
        List<PartLayer> all = parts.stream()
                .<PartLayer>map(part -> new PartRows(part, vectors, fetch, fields, known, search, watch))
                .toList();
        return Optional.of(
                new SnapshotLayers(wish -> loose(fields, wish, watch), wish -> latestFirst(fields, wish, watch), all));
    }

    private Flux<SourceRow> loose(Optional<Set<String>> fields, LooseWish loose, ScanWatch watch) {
        var wish = new RowWish(fields, RowBytes.of(loose.hint()), watch);
        return new PlaceWatch(watch).of(ofTail.rows(told(loose.hint(), watch).byPlace(), wish, loose));
    }

    /** Of the tail those that the hint names, where it names any. */
    private PlacedRows told(Hint hint, ScanWatch watch) {
        var rows = NamedRows.of(hint).map(named -> named.of(tail)).orElse(tail);
        new PlaceWatch(watch).tail(tail, rows);
        return rows;
    }

    private Flux<LooseRun> latestFirst(Optional<Set<String>> fields, LooseWish loose, ScanWatch watch) {
        var told = new PlaceWatch(watch);
        var wish = new RowWish(fields, RowBytes.of(loose.hint()), watch);
        var sorted = told(loose.hint(), watch).latestFirst();
        int size = sorted.size();
        return Flux.<LooseRun, Span>generate(() -> new Span(0, Math.min(size, RUN_FIRST)), (span, sink) -> {
            if (span.first == size) {
                sink.complete();
                return span;
            }
            var some = told.of(ofTail.rows(sorted.rows(span.first, span.next), wish, loose));
            sink.next(new LooseRun(sorted.latest(span.first), some));
            int more = LOOSE_RUN_GROWTH * (span.next - span.first);
            return new Span(span.next, (int) Math.min(size, (long) span.next + more));
        });
    }

    private record Span(int first, int next) {}

    @Override
    public Flux<SourceRow> scan(ScanRequest request) {
        var wish = new RowWish(request.fields(), RowBytes.of(request.hint()), request.watch());
        var rows = Flux.defer(() -> {
            var loose = told(request.hint(), request.watch());
            return admitted(request).flatMapMany(admitted -> rows(loose, admitted, request, wish));
        });
        return new PlaceWatch(request.watch()).of(rows);
    }

    private Flux<SourceRow> rows(PlacedRows loose, List<VisiblePart> admitted, ScanRequest request, RowWish wish) {
        return switch (request.order()) {
            case ANY ->
                ofTail.rows(loose.byPlace(), wish, LooseWish.of(request.hint()))
                        .concatWith(fetch.rows(reads.all(admitted).map(RowPlaces::ofPart), wish));
            case NEWEST_FIRST ->
                ordered(ofTail.sifted(loose.inOrder().backwards(), wish), admitted, RowDirection.NEWEST_FIRST, wish);
            case OLDEST_FIRST ->
                ordered(ofTail.sifted(loose.inOrder(), wish), admitted, RowDirection.OLDEST_FIRST, wish);
        };
    }

    /** @param loose in that order */
    private Flux<SourceRow> ordered(
            Flux<RowPlaces> loose, List<VisiblePart> admitted, RowDirection direction, RowWish wish) {
        Comparator<RowPlaces> order = Comparator.comparing(RowPlaces::position, direction.order());
        return fetch.rows(Flux.mergeComparing(1, order, loose, inOrder(admitted, direction)), wish);
    }

    /** Parts without the rows that their indexes leave out; those of which nothing is left are left out. */
    private Mono<List<VisiblePart>> admitted(ScanRequest request) {
        var told = new PlaceWatch(request.watch());
        return Flux.fromIterable(parts)
                .flatMapSequential(part -> told.asked(part.part().name(), () -> admitted(part, request), search))
                .filter(part -> part.rows() > 0)
                .collectList();
    }

    private VisiblePart admitted(VisiblePart part, ScanRequest request) throws IOException {
        var admitted = PartHints.admitted(part, request.hint(), known);
        request.watch().admitted(part.part().name(), part.rows(), admitted.rows());
        return admitted;
    }

    @Override
    public Mono<Void> weigh(ScanRequest request) {
        told(request.hint(), request.watch());
        return new PlaceWatch(request.watch()).of(admitted(request)).then();
    }

    /** Run after run, each found when the rows before it were taken. */
    private Flux<RowPlaces> inOrder(List<VisiblePart> admitted, RowDirection direction) {
        return run(admitted, direction, Optional.empty(), RUN_FIRST)
                .expand(run -> run.page.last().isPresent()
                        ? run(admitted, direction, run.page.last(), Math.min(2 * run.rows, RUN_MAX))
                        : Mono.empty())
                .concatMapIterable(
                        run -> run.page.rows().stream().map(RowPlaces::ofPart).toList(), 1);
    }

    private Mono<Run> run(List<VisiblePart> admitted, RowDirection direction, Optional<RowPosition> after, int rows) {
        return reads.page(admitted, direction, after, rows).map(page -> new Run(page, rows));
    }

    private record Run(PartPage page, int rows) {}
}

package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.part.PartPlace;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.StatesTogether;
import io.spanlake.query.tail.TailAnswer;
import io.spanlake.storage.part.KeyStretch;
import io.spanlake.storage.part.RowStretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Skeletons of traces. Rows of parts are whole and are not folded: a stretch of them is unpacked, walked, and let go, a few
 * at a time. So the heap that it takes grows with the spans and not with what they hold.
 */
final class TraceSkeletons {
    /** Of a larger trace the spans come as they lie: to sort them they would all have to be held. */
    static final int SORTED_MAX = 100_000;

    static final int SPAN_BYTES = 512;
    private static final int STRETCHES_IN_FLIGHT = 4;

    private final StatesTogether states;

    TraceSkeletons(StatesTogether states) {
        this.states = states;
    }

    /** @param ordinals of the trace's rows in the part that are not hidden */
    record InPart(VisiblePart part, RoaringBitmap ordinals) {}

    record Found(List<RowPlaces> tail, List<InPart> parts) {
        long spans() {
            return tail.size()
                    + parts.stream()
                            .mapToLong(part -> part.ordinals.getLongCardinality())
                            .sum();
        }

        boolean isSorted() {
            return spans() <= SORTED_MAX;
        }
    }

    Mono<Found> find(String traceId, TailAnswer<List<RowPlaces>> tail) {
        return Flux.fromIterable(tail.parts())
                .filter(part -> part.part().reader().mayHaveTrace(traceId))
                .flatMapSequential(part -> ordinals(part, traceId), STRETCHES_IN_FLIGHT, 1)
                .filter(part -> !part.ordinals.isEmpty())
                .collectList()
                .map(parts -> new Found(tail.value(), parts));
    }

    private static Mono<InPart> ordinals(VisiblePart part, String traceId) {
        return part.part()
                .reader()
                .ordinalsOfTrace(traceId)
                .onErrorMap(fault -> BlobRefusals.of(part.part().name(), fault))
                .map(all -> new InPart(part, RoaringBitmap.andNot(RoaringBitmap.bitmapOf(all), part.hidden())));
    }

    /** One JSON object a span, in the order of their starts where they can be sorted. */
    Flux<ByteSlice> json(ReadTarget target, String traceId, Found found) {
        var spans = tail(target, traceId, found.tail)
                .concatWith(Flux.fromIterable(found.parts).concatMap(part -> spans(part, traceId), 1));
        return (found.isSorted() ? spans.sort(Comparator.comparing(SkeletonSpan::start)) : spans)
                .map(SkeletonSpan::json);
    }

    private Flux<SkeletonSpan> tail(ReadTarget target, String traceId, List<RowPlaces> rows) {
        return states.of(
                target.object(),
                rows,
                found -> found.stream().map(row -> span(target, traceId, row)).toList());
    }

    /** A row of one write need not be folded: most of what folding it makes is not shown here. */
    private static SkeletonSpan span(ReadTarget target, String traceId, StatesTogether.Found found) {
        var row = found.row();
        var state = found.state();
        return state.asSent()
                .map(sent -> SkeletonSpan.asSent(row.rowId(), traceId, state.first(), row.position(), sent))
                .orElseGet(
                        () -> SkeletonSpan.ofRow(row.rowId(), traceId, row.position(), state.json(target.identity())));
    }

    private static Flux<SkeletonSpan> spans(InPart found, String traceId) {
        var part = found.part.part();
        return Flux.fromIterable(runs(found))
                .flatMapSequential(
                        run -> part.reader()
                                .keyStretch(run[0])
                                .flatMap(keys -> part.reader()
                                        .rowStretch(keys)
                                        .map(rows -> spans(found.part, keys, rows, run, traceId))),
                        STRETCHES_IN_FLIGHT,
                        1)
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault))
                .concatMapIterable(spans -> spans, 1);
    }

    /** Ordinals that lie in one stretch, together. */
    private static List<int[]> runs(InPart found) {
        var reader = found.part.part().reader();
        var ordinals = found.ordinals.toArray();
        var runs = new ArrayList<int[]>();
        int from = 0;
        while (from < ordinals.length) {
            int end = reader.groupNext(ordinals[from]);
            int to = from;
            while (to < ordinals.length && ordinals[to] < end) {
                to++;
            }
            runs.add(Arrays.copyOfRange(ordinals, from, to));
            from = to;
        }
        return runs;
    }

    private static List<SkeletonSpan> spans(
            VisiblePart part, KeyStretch keys, RowStretch rows, int[] ordinals, String traceId) {
        var spans = new ArrayList<SkeletonSpan>(ordinals.length);
        for (int ordinal : ordinals) {
            var place = new PartPlace(part.part(), keys.key(ordinal));
            spans.add(SkeletonSpan.asSent(
                    place.key().rowId(),
                    traceId,
                    place.key().first(),
                    place.position(),
                    rows.row(ordinal).json()));
        }
        return spans;
    }
}

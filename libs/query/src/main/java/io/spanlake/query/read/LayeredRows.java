package io.spanlake.query.read;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.PartPage;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.tail.CountedTail;
import io.spanlake.query.tail.FoundRow;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.RowPage;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.TailAnswer;
import io.spanlake.query.tail.TailCounts;
import io.spanlake.query.tail.TailQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Puts together what the tail and the parts of one snapshot have of an answer. */
final class LayeredRows {
    private final PartReads parts;
    private final TraceCounts traces;

    LayeredRows(PartReads parts, TraceCounts traces) {
        this.parts = parts;
        this.traces = traces;
    }

    /** The row, from the tail where that knows it, else from the part that has it. */
    Mono<Optional<RowPlaces>> row(String rowId, TailAnswer<FoundRow> tail) {
        return tail.value().known()
                ? Mono.just(tail.value().row())
                : parts.row(tail.parts(), rowId)
                        .map(place -> Optional.of(RowPlaces.ofPart(place)))
                        .defaultIfEmpty(Optional.empty());
    }

    Mono<List<RowPlaces>> trace(String traceId, TailAnswer<List<RowPlaces>> tail) {
        return parts.trace(tail.parts(), traceId)
                .map(RowPlaces::ofPart)
                .collectList()
                .map(inParts ->
                        Stream.concat(tail.value().stream(), inParts.stream()).toList());
    }

    Mono<TailCounts> counts(TailAnswer<CountedTail> tail) {
        var counted = tail.value().counts();
        if (tail.parts().isEmpty()) {
            return Mono.just(counted);
        }
        long rows = counted.rows()
                + tail.parts().stream().mapToLong(VisiblePart::rows).sum();
        return traces.of(tail.parts(), tail.value().traceHashes()).map(found -> new TailCounts(rows, found));
    }

    /** May have no rows although some follow: they do behind its end. */
    Mono<RowPage> page(TailQuestion.Page question, TailAnswer<RowPage> tail) {
        return parts.page(
                        tail.parts(),
                        question.direction(),
                        question.after(),
                        question.limits().rows())
                .map(inParts -> merged(question.direction(), question.limits(), tail.value(), inParts));
    }

    private static RowPage merged(RowDirection direction, PageLimits limits, RowPage tail, PartPage inParts) {
        var order = direction.order();
        Optional<RowPosition> end =
                Stream.concat(tail.last().stream(), inParts.last().stream()).min(order);
        var rows = Stream.concat(tail.rows().stream(), inParts.rows().stream().map(RowPlaces::ofPart))
                .filter(row -> end.isEmpty() || order.compare(row.position(), end.get()) <= 0)
                .sorted((a, b) -> order.compare(a.position(), b.position()))
                .toList();
        return cut(rows, limits, end);
    }

    private static RowPage cut(List<RowPlaces> rows, PageLimits limits, Optional<RowPosition> end) {
        var taken = new ArrayList<RowPlaces>();
        long bytes = 0;
        for (var row : rows) {
            if (!taken.isEmpty() && (taken.size() == limits.rows() || bytes + row.bytes() > limits.bytes())) {
                return new RowPage(taken, Optional.of(taken.getLast().position()));
            }
            taken.add(row);
            bytes += row.bytes();
        }
        return new RowPage(taken, end);
    }
}

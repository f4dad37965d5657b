package io.spanlake.query.part;

import io.spanlake.blobstore.BlobReads;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.storage.part.KeyStretch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Finds the rows of parts that a read wants: by their filters first, then by one or two reads in each that may have them.
 * Errors are {@code ReadRefusal}s that name the blob. Thread-safe.
 */
public final class PartReads {
    private static final int PARTS_IN_FLIGHT = 8;
    private static final int KEYS_IN_FLIGHT = 16;

    private final PartStretches stretches;
    private final Scheduler search;

    /** @param search bounded; for what blocks on reads of an index, and nothing else */
    public PartReads(PartStretches stretches, Scheduler search) {
        this.stretches = stretches;
        this.search = search;
    }

    /** The one row of the id that is visible; empty where none is. */
    public Mono<PartPlace> row(List<VisiblePart> parts, String rowId) {
        return Flux.fromIterable(parts)
                .filter(part -> part.part().reader().mayHaveRow(rowId))
                .flatMap(part -> row(part, rowId), PARTS_IN_FLIGHT, 1)
                .next();
    }

    private Mono<PartPlace> row(VisiblePart part, String rowId) {
        return part.part()
                .reader()
                .candidatesOf(rowId)
                .onErrorMap(fault -> BlobRefusals.of(part.part().name(), fault))
                .flatMapIterable(ordinals -> Arrays.stream(ordinals).boxed().toList())
                .filter(ordinal -> !part.isHidden(ordinal))
                .concatMap(ordinal -> place(part.part(), ordinal), 1)
                .filter(place -> place.key().rowId().equals(rowId))
                .next();
    }

    /** All rows of the trace that are visible, part by part; a row without trace is the trace that is called as it is. */
    public Flux<PartPlace> trace(List<VisiblePart> parts, String traceId) {
        return Flux.fromIterable(parts)
                .filter(part -> part.part().reader().mayHaveTrace(traceId))
                .flatMapSequential(part -> trace(part, traceId), PARTS_IN_FLIGHT, 1);
    }

    private Flux<PartPlace> trace(VisiblePart part, String traceId) {
        return part.part()
                .reader()
                .runsOfTrace(traceId)
                .onErrorMap(fault -> BlobRefusals.of(part.part().name(), fault))
                .flatMapIterable(firsts -> Arrays.stream(firsts).boxed().toList())
                .concatMap(first -> run(part.part(), first, traceId), 1)
                .filter(place -> !part.isHidden(place.key().ordinal()));
    }

    /** The rows from {@code first} on that are of the trace, a stretch after the other while it goes on. */
    private Flux<PartPlace> run(OpenPart part, int first, String traceId) {
        return members(part, first, traceId)
                .expand(found -> found.goesOn(part) ? members(part, found.next, traceId) : Mono.empty())
                .concatMapIterable(found -> found.places(part), 1);
    }

    private Mono<Members> members(OpenPart part, int first, String traceId) {
        return stretches.keys(part, first).map(keys -> Members.of(keys, first, traceId));
    }

    /** Rows {@code [first, next)} of a stretch, all of one trace. */
    private record Members(KeyStretch keys, int first, int next) {
        static Members of(KeyStretch keys, int first, String traceId) {
            int next = first;
            while (next < keys.next() && keys.key(next).traceKey().equals(traceId)) {
                next++;
            }
            return new Members(keys, first, next);
        }

        boolean goesOn(OpenPart part) {
            return next > first
                    && next == keys.next()
                    && next < part.reader().rows()
                    && part.reader().goesOnAt(next);
        }

        List<PartPlace> places(OpenPart part) {
            return IntStream.range(first, next)
                    .mapToObj(ordinal -> new PartPlace(part, keys.key(ordinal)))
                    .toList();
        }
    }

    /**
     * The next rows of a list.
     *
     * @param after where they begin, not included
     * @param rows  how many are wanted; one or two more may come
     */
    public Mono<PartPage> page(List<VisiblePart> parts, RowDirection direction, Optional<RowPosition> after, int rows) {
        if (parts.isEmpty()) {
            return Mono.just(new PartPage(List.of(), Optional.empty()));
        }
        return BlobReads.blocking(() -> PageSearch.of(parts, direction, after, rows))
                .subscribeOn(search)
                .flatMap(found -> page(found, direction, after));
    }

    private Mono<PartPage> page(PageSearch.Found found, RowDirection direction, Optional<RowPosition> after) {
        return Flux.fromIterable(found.rows())
                .flatMapSequential(row -> place(row.part(), row.ordinal()), KEYS_IN_FLIGHT, 1)
                .filter(place -> after.isEmpty() || direction.order().compare(after.get(), place.position()) < 0)
                .sort(Comparator.comparing(PartPlace::position, direction.order()))
                .collectList()
                .map(places -> new PartPage(places, found.last()));
    }

    /** All rows that are visible, part by part, in the order in which they lie. */
    public Flux<PartPlace> all(List<VisiblePart> parts) {
        return Flux.fromIterable(parts).concatMap(this::all, 1);
    }

    private Flux<PartPlace> all(VisiblePart part) {
        return Flux.range(0, part.part().reader().rows())
                .filter(ordinal -> !part.isHidden(ordinal))
                .concatMap(ordinal -> place(part.part(), ordinal), 1);
    }

    private Mono<PartPlace> place(OpenPart part, int ordinal) {
        return stretches.key(part, ordinal).map(key -> new PartPlace(part, key));
    }
}

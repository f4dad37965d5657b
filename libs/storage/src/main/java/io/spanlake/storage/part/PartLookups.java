package io.spanlake.storage.part;

import io.spanlake.model.Placement;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where rows and traces lie in a part: a lookup says where they may, the keys there whether they do. Thread-safe. */
final class PartLookups {
    /** Rows {@code [first, next)} of a group. */
    record Located(GroupReads.Keys keys, int first, int next) {}

    private final PartFooter footer;
    private final RangeSource pages;
    private final GroupReads groups;

    PartLookups(PartFooter footer, RangeSource pages, GroupReads groups) {
        this.footer = footer;
        this.pages = pages;
        this.groups = groups;
    }

    /** Ordinals of rows that may have the id, ascending, by one read. */
    Mono<int[]> of(LookupTable lookup, String id) {
        long hash = Placement.hash(id);
        var bucket = lookup.bucket(hash);
        return pages.read(bucket.offset(), bucket.length()).map(entries -> lookup.ordinals(hash, entries));
    }

    /** The same of many ids, by one read for those that lie near one another. */
    Flux<RowCandidate> of(LookupTable lookup, long[] hashes) {
        return Flux.fromIterable(lookup.stretches(hashes))
                .concatMap(
                        stretch -> pages.read(stretch.offset(), stretch.length())
                                .map(entries -> lookup.candidates(stretch, entries)),
                        0)
                .concatMapIterable(found -> found, 1);
    }

    private Flux<Integer> each(LookupTable lookup, String id) {
        return of(lookup, id)
                .flatMapIterable(ordinals -> Arrays.stream(ordinals).boxed().toList());
    }

    /** The row's newest version. */
    Mono<Located> row(String rowId) {
        return each(footer.rowIds(), rowId)
                .filter(ordinal -> !footer.superseded().contains(ordinal))
                .concatMap(
                        ordinal -> groups.keys(List.of(footer.groupOf(ordinal)))
                                .filter(keys -> keys.entry(ordinal).rowId().equals(rowId))
                                .map(keys -> new Located(keys, ordinal, ordinal + 1)),
                        0)
                .next();
    }

    /** All rows of the trace, group by group. */
    Flux<Located> trace(String traceId) {
        return each(footer.traces(), traceId).concatMap(first -> run(first, traceId), 0);
    }

    /** The rows from {@code first} on that are of the trace, group by group. */
    private Flux<Located> run(int first, String traceId) {
        return groups.keys(footer.groupsOfTraceAt(first))
                .map(keys -> members(keys, first, traceId))
                .takeWhile(found -> found.next() > found.first())
                .takeUntil(found -> found.next() < found.keys().group().next());
    }

    private static Located members(GroupReads.Keys keys, int runFirst, String traceId) {
        int first = Math.max(runFirst, keys.group().first());
        int next = first;
        while (next < keys.group().next() && keys.entry(next).traceKey().equals(traceId)) {
            next++;
        }
        return new Located(keys, first, next);
    }
}

package io.spanlake.query.scan;

import io.spanlake.model.AbandonedException;
import io.spanlake.model.ByteSlice;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.tail.PickedRows;
import io.spanlake.query.tail.SectionBlocks;
import io.spanlake.query.tail.Source;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailObject;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Leaves out rows of the tail before rows are made of their states:
 *
 * <ol>
 *   <li>what is known is asked first: of a row whether it meets the condition, of a state whether it may have an item, of a block
 *       whether it may by the filter of its words;
 *   <li>the blocks of all rows that are left are read, several at a time, and each is looked through whole, for whatever else
 *       lies in it is asked for next;
 *   <li>what was found stays known.
 * </ol>
 *
 * A row may have what one of its states has. Of a state of a part nothing is known.
 */
record TailSift(TailBlobs blobs, KnownStates known, Scheduler folding) {
    private static final int SECTIONS_IN_FLIGHT = 4;
    private static final int BLOCKS_IN_FLIGHT = 4;

    /**
     * Rows by what is known of them, in their order each.
     *
     * @param sections that they lie in
     * @param meeting  are known to meet the condition
     * @param possible may meet it
     */
    record Known(LookedSections sections, PickedRows meeting, PickedRows possible) {}

    /** @param condition a hint that says all that rows are tested for */
    Mono<Known> known(
            TailObject object, PickedRows rows, Optional<RowBytes> test, Optional<Hint> condition, ScanWatch watch) {
        return Mono.defer(() -> sections(object, rows, test, condition))
                .publishOn(folding)
                .map(sections -> {
                    var left = left(
                            rows,
                            row -> !sections.wasKnown(row, false) && mayBe(row, test, sections),
                            (place, out) -> watch.admitted(place, 0, -out.rows));
                    if (condition.isEmpty()) {
                        return new Known(sections, left.subList(0, 0), left);
                    }
                    var meeting = left.only(row -> sections.wasKnown(row, true), _ -> {});
                    var possible = meeting.isEmpty() ? left : left.only(row -> !sections.wasKnown(row, true), _ -> {});
                    return new Known(sections, meeting, possible);
                });
    }

    private static boolean mayBe(PickedRows.States row, Optional<RowBytes> test, LookedSections sections) {
        return test.isEmpty() || test.get().mayBe(item -> row.any(sections.mayHave(item)));
    }

    private Mono<LookedSections> sections(
            TailObject object, PickedRows rows, Optional<RowBytes> test, Optional<Hint> condition) {
        var used = new BitSet();
        rows.forEachStates(row -> row.any((source, _, _) -> {
            used.set(source);
            return false;
        }));
        var sources = rows.sources();
        var items = test.map(some -> some.items().toList()).orElse(List.of());
        return Flux.fromStream(used.stream().boxed())
                .filter(number -> !(sources.get(number) instanceof Source.Part))
                .flatMap(
                        number -> blocks(object, sources.get(number), items)
                                .map(blocks -> new LookedSection(
                                        object.ref(), sources.get(number), number, blocks, items, condition, known)),
                        SECTIONS_IN_FLIGHT,
                        1)
                .collect(() -> new LookedSections(items), LookedSections::add);
    }

    private Mono<SectionBlocks> blocks(TailObject object, Source section, List<BytesTest> items) {
        return items.isEmpty() ? blobs.blocks(object, section) : blobs.blocksWithWords(object, section);
    }

    private static final class LeftOut {
        private long rows;
        private long bytes;
    }

    private interface Teller {
        void tell(String place, LeftOut leftOut);
    }

    private static PickedRows left(PickedRows rows, Predicate<PickedRows.States> test, Teller teller) {
        Map<String, LeftOut> leftOut = new TreeMap<>();
        var left = rows.only(test, row -> {
            var place = leftOut.computeIfAbsent(PlaceNames.of(row.newest()), _ -> new LeftOut());
            place.rows++;
            place.bytes += row.bytes();
        });
        leftOut.forEach(teller::tell);
        return left;
    }

    /**
     * Those of the rows that may meet the condition by the bytes of their states, which are read where that is not known.
     *
     * @param sections not looked at by another at the same time
     */
    Mono<PickedRows> looked(
            TailObject object, PickedRows rows, Optional<RowBytes> test, LookedSections sections, ScanWatch watch) {
        if (test.isEmpty()) {
            return Mono.just(rows);
        }
        var wanted = sections.wanted(eye -> rows.forEachStates(row -> row.any((source, block, index) -> {
            eye.test(source, block, index);
            return false;
        })));
        return Flux.fromIterable(wanted)
                .flatMap(block -> look(object, block), BLOCKS_IN_FLIGHT, 1)
                .doOnNext(looked -> sections.looked(looked.block, looked.having))
                .then(Mono.fromCallable(() -> {
                    sections.learnItems();
                    return left(
                            rows,
                            row -> mayBe(row, test, sections),
                            (place, out) -> watch.leftOut(place, out.rows, out.bytes));
                }));
    }

    /** @param having of each item that was looked for, the states that may have it */
    private record Looked(LookedSections.Wanted block, List<int[]> having) {}

    private Mono<Looked> look(TailObject object, LookedSections.Wanted wanted) {
        return blobs.json(object, wanted.section().source(), wanted.block())
                .publishOn(folding)
                .map(states -> new Looked(
                        wanted,
                        wanted.items().stream()
                                .map(item -> having(item, states))
                                .toList()));
    }

    private static int[] having(BytesTest item, List<ByteSlice> states) {
        return IntStream.range(0, states.size())
                .filter(index -> {
                    AbandonedException.check();
                    return item.mayStandIn(states.get(index));
                })
                .toArray();
    }
}

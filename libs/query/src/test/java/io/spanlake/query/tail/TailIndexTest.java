package io.spanlake.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TailIndexTest {
    private static final PageLimits ALL = new PageLimits(1_000_000, Long.MAX_VALUE);

    /** Sections come in any order, some twice; the closed transaction moves on. */
    @Property(tries = 200)
    void afterEachStepItIsWhatAFullFoldWouldBe(@ForAll Random random) {
        var index = new TailIndex();
        var sections = sections(random);
        var read = new ArrayList<Write>();
        long closedSeconds = Histories.BEGIN_SECONDS;

        for (int i = 0; i < sections.size(); i++) {
            closedSeconds += random.nextInt(8);
            var closed = TransactionId.of(closedSeconds, 9);
            index.add(keys(i, sections.get(i)));
            int again = random.nextInt(i + 1);
            index.add(keys(again, sections.get(again)));
            read.addAll(sections.get(i));
            index.settle(closed);

            assertSame(index, new NaiveTail(read, closed), random);
        }
    }

    /** Each list is kept until the end, whatever comes after it. */
    @Property(tries = 200)
    void aListOfAllRowsStaysWhatItWas(@ForAll Random random) {
        var index = new TailIndex();
        var sections = sections(random);
        var lists = new ArrayList<PlacedRows>();
        var expected = new ArrayList<List<RowPlaces>>();
        long closedSeconds = Histories.BEGIN_SECONDS;

        for (int i = 0; i < sections.size(); i++) {
            closedSeconds += random.nextInt(8);
            index.add(keys(i, sections.get(i)));
            index.settle(TransactionId.of(closedSeconds, 9));
            lists.add(index.all(index));
            expected.add(
                    index.page(RowDirection.OLDEST_FIRST, Optional.empty(), ALL).rows());
        }

        for (int i = 0; i < lists.size(); i++) {
            assertThat(lists.get(i)).isEqualTo(expected.get(i));
            assertThat(lists.get(i).byPlace()).containsExactlyInAnyOrderElementsOf(expected.get(i));
            var latestFirst = lists.get(i).latestFirst();
            assertThat(latestFirst.rows(0, latestFirst.size())).containsExactlyInAnyOrderElementsOf(expected.get(i));
            assertThat(new HashMap<>(lists.get(i).countBySource())).isEqualTo(countBySource(expected.get(i)));
        }
    }

    /** Those of which a write named the trace, and so all that lie in it; a row of that id too. */
    @Property(tries = 200)
    void rowsAreNamedByIdOrTrace(@ForAll Random random) {
        var index = new TailIndex();
        var sections = sections(random);
        for (int i = 0; i < sections.size(); i++) {
            index.add(keys(i, sections.get(i)));
        }
        index.settle(TransactionId.of(Histories.BEGIN_SECONDS + 1_000, 9));
        var all = index.all(index);

        for (int trace = 0; trace < 4; trace++) {
            var name = "trace-" + trace;
            assertThat(all.named(List.of(name), List.of(name))).containsAll(index.trace(name));
        }
        for (int row = 0; row < 8; row++) {
            var id = "row-" + row;
            assertThat(all.named(List.of(id), List.of()))
                    .isEqualTo(index.row(id).stream().toList());
        }
        assertThat(all.named(List.of("nobody"), List.of("nowhere"))).isEmpty();
        assertThat(index.all(index)).isSameAs(all);
    }

    private static Map<Source, Long> countBySource(List<RowPlaces> rows) {
        return rows.stream()
                .map(row -> row.states().stream()
                        .max(Comparator.comparing(StatePlace::stamp))
                        .orElseThrow()
                        .source())
                .collect(Collectors.groupingBy(source -> source, Collectors.counting()));
    }

    @Test
    void aMillionRowsWrittenTwiceTakeLessThanTwoHundredBytesEach() {
        var index = new TailIndex();
        int rows = 200_000;

        for (int part = 0; part < 20; part++) {
            index.add(keys(part, twice(part * rows / 20, rows / 20)));
        }
        index.settle(TransactionId.of(0, 0));

        assertThat(index.counts().rows()).isEqualTo(rows);
        assertThat(index.bytes() / rows).isLessThan(200);
    }

    private static List<Write> twice(int from, int count) {
        var writes = new ArrayList<Write>();
        for (int i = from; i < from + count; i++) {
            for (int version = 0; version < 2; version++) {
                writes.add(new Write(
                        Histories.OBJECT,
                        new UUID(i, i * 31L).toString(),
                        Optional.of(new UUID(i / 20, 7).toString()),
                        new Stamp(TransactionId.of(1_000 + i / 100, version), i % 100),
                        version == 0 ? WriteKind.FULL : WriteKind.MERGE,
                        ByteSlice.ofUtf8("{}")));
            }
        }
        return writes;
    }

    private static List<List<Write>> sections(Random random) {
        var writes = new Histories(random, Histories.OBJECT).writes(60, 8);
        Collections.shuffle(writes, random);
        var sections = new ArrayList<List<Write>>();
        for (int from = 0; from < writes.size(); ) {
            int to = Math.min(writes.size(), from + 1 + random.nextInt(9));
            sections.add(writes.subList(from, to));
            from = to;
        }
        return sections;
    }

    static SectionKeys keys(int number, List<Write> writes) {
        var keys = new ArrayList<WriteKey>();
        for (var write : writes) {
            keys.add(new WriteKey(
                    write.rowId(),
                    write.traceId(),
                    write.stamp(),
                    write.kind(),
                    0,
                    keys.size(),
                    write.json().length(),
                    LatestStart.of(RowState.of(write))));
        }
        return new SectionKeys(new Source.Log(new SectionRef("blob", 100, 50, 0, 1, number, number + 1)), keys);
    }

    private static void assertSame(TailIndex index, NaiveTail expected, Random random) {
        assertThat(index.counts()).isEqualTo(expected.counts());
        assertThat(ids(index.page(RowDirection.NEWEST_FIRST, Optional.empty(), ALL)
                        .rows()))
                .isEqualTo(expected.idsNewestFirst());
        assertThat(ids(index.page(RowDirection.OLDEST_FIRST, Optional.empty(), ALL)
                        .rows()))
                .isEqualTo(expected.idsNewestFirst().reversed());
        assertThat(walk(index, RowDirection.NEWEST_FIRST, 1 + random.nextInt(4)))
                .isEqualTo(expected.idsNewestFirst());
        for (int trace = 0; trace < 4; trace++) {
            assertThat(ids(index.trace("trace-" + trace)))
                    .isEqualTo(expected.trace("trace-" + trace).stream()
                            .map(state -> state.rowId())
                            .toList());
        }
        for (int row = 0; row < 8; row++) {
            var id = "row-" + row;
            assertThat(index.row(id).isPresent())
                    .isEqualTo(expected.idsNewestFirst().contains(id));
        }
    }

    private static List<String> walk(TailIndex index, RowDirection direction, int rows) {
        var found = new ArrayList<String>();
        Optional<RowPosition> after = Optional.empty();
        do {
            var page = index.page(direction, after, new PageLimits(rows, Long.MAX_VALUE));
            found.addAll(ids(page.rows()));
            after = page.last();
        } while (after.isPresent());
        return found;
    }

    private static List<String> ids(List<RowPlaces> rows) {
        return rows.stream().map(RowPlaces::rowId).toList();
    }
}

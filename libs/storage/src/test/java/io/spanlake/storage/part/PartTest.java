package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.LOGS;
import static io.spanlake.storage.part.PartFixtures.SMALL_FRAMES;
import static io.spanlake.storage.part.PartFixtures.SPEC;
import static io.spanlake.storage.part.PartFixtures.put;
import static io.spanlake.storage.part.PartFixtures.row;
import static io.spanlake.storage.part.PartFixtures.rows;
import static io.spanlake.storage.part.PartFixtures.store;
import static io.spanlake.storage.part.PartFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowTrace;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.part.index.FieldPath;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.NumberRange;
import io.spanlake.storage.part.text.TextSearch;
import io.spanlake.storage.wal.StampSum;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class PartTest {
    private final Path folder;

    PartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private PartReader part(List<RowState> rows) {
        return put(store(folder.resolve("blobs")), write(folder.resolve("part"), rows, SMALL_FRAMES));
    }

    @Test
    void everyRowComesBackAsItWasStored() {
        var rows = rows(1, 300);

        var part = part(rows);

        assertThat(part.rows(0, 300).collectList().block())
                .isEqualTo(rows.stream().map(PartRow::of).toList());
        for (int ordinal : new int[] {0, 1, 17, 298, 299}) {
            assertThat(part.row(ordinal).block()).isEqualTo(StoredRow.of(rows.get(ordinal)));
        }
        assertThat(part.rows(37, 100).map(PartRow::rowId).collectList().block())
                .isEqualTo(rows.subList(37, 137).stream().map(RowState::rowId).toList());
    }

    @Test
    void theKeysNameEveryRowWithoutIt() {
        var rows = rows(2, 300);

        var keys = part(rows).keys().collectList().block();

        assertThat(keys)
                .isEqualTo(IntStream.range(0, 300)
                        .mapToObj(i -> new PartKey(
                                i,
                                rows.get(i).rowId(),
                                rows.get(i).traceId(),
                                rows.get(i).first(),
                                rows.get(i).last(),
                                rows.get(i).stamps(),
                                StoredRow.of(rows.get(i)).header()))
                        .toList());
    }

    @Test
    void itSaysWhatItIsAndWhatItCounted() {
        var rows = rows(3, 300);

        var part = part(rows);

        var statistics = part.statistics();
        assertThat(part.spec()).isEqualTo(SPEC);
        assertThat(statistics.rows()).isEqualTo(300);
        assertThat(statistics.writes())
                .isEqualTo(rows.stream().mapToInt(row -> row.stamps().size()).sum());
        assertThat(statistics.rawBytes())
                .isEqualTo(rows.stream()
                        .mapToLong(row -> StoredRow.of(row).json().length())
                        .sum());
        assertThat(statistics.stampSum())
                .isEqualTo(rows.stream()
                        .mapToLong(row -> StampSum.of(LOGS, row.rowId(), row.stamps()))
                        .sum());
        assertThat(statistics.firstMin()).isEqualTo(rows.getFirst().first());
        assertThat(statistics.lastMax())
                .isEqualTo(rows.stream()
                        .map(RowState::last)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
        assertThat(statistics.startMicrosMin()).isEqualTo(1_790_000_000_500_000L);
        assertThat(statistics.startMicrosMax()).isEqualTo(1_790_000_299_500_000L);
    }

    @Test
    void theBytesOfItsPiecesAreThoseOfItsTwoFiles() {
        var written = write(folder.resolve("part"), rows(4, 300), SMALL_FRAMES);

        assertThat(written.part()).hasSize(written.partBytes());
        assertThat(written.orc()).hasSize(written.orcBytes());
        // Pages are shared between pieces, so that each may be a few bytes off.
        assertThat(written.statistics().storedBytes())
                .isBetween(written.partBytes() + written.orcBytes() - 64, written.partBytes() + written.orcBytes());
        assertThat(put(store(folder.resolve("blobs")), written).statistics()).isEqualTo(written.statistics());
    }

    @Test
    void aRowIsFoundByItsId() {
        var rows = rows(5, 300);

        var part = part(rows);

        for (int i = 0; i < 300; i++) {
            assertThat(part.mayHaveRow(rows.get(i).rowId())).isTrue();
            assertThat(part.ordinalOf(rows.get(i).rowId()).block()).isEqualTo(OptionalInt.of(i));
        }
        assertThat(part.find("row-123").block()).isEqualTo(PartRow.of(rows.get(123)));
        assertThat(part.find("row-300").blockOptional()).isEmpty();
        assertThat(part.ordinalOf("row-300").block()).isEqualTo(OptionalInt.empty());
        assertThat(IntStream.range(300, 10_300)
                        .filter(i -> part.mayHaveRow("row-" + i))
                        .count())
                .isLessThan(300);
    }

    @Test
    void manyIdsAreLookedForAtATimeAsEachAlone() {
        var part = part(rows(5, 3_000));
        var ids = IntStream.range(0, 12_000).mapToObj(i -> "row-" + i).toList();

        var found = part.candidatesOf(ids.stream().mapToLong(Placement::hash).toArray())
                .collectMultimap(RowCandidate::rowHash, RowCandidate::ordinal)
                .blockOptional()
                .orElseThrow();

        for (var id : ids) {
            var alone = part.candidatesOf(id)
                    .map(ordinals -> Arrays.stream(ordinals).boxed().toList())
                    .block();
            assertThat(alone).as(id).isEqualTo(found.getOrDefault(Placement.hash(id), List.of()));
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(3_000);
        assertThat(part.candidatesOf(new long[0]).collectList().block()).isEmpty();
    }

    @Test
    void aSpanIsFoundByItsId() {
        var rows = rows(6, 300);

        var part = part(rows);

        for (int i = 0; i < 300; i++) {
            var spanId = RowTrace.of(rows.get(i)).spanId();
            assertThat(part.mayHaveSpan(spanId)).isTrue();
            assertThat(part.ordinalsOfSpan(spanId).block()).contains(i);
        }
        assertThat(part.ordinalsOfSpan("span-row-300").block()).isEmpty();
    }

    @Test
    void theRowsOfATraceAreFoundTogetherAcrossFrames() {
        var rows = rows(7, 300);

        var part = part(rows);

        for (var key : rows.stream()
                .map(row -> row.traceId().orElse(row.rowId()))
                .distinct()
                .toList()) {
            var expected = IntStream.range(0, 300)
                    .filter(i ->
                            rows.get(i).traceId().orElse(rows.get(i).rowId()).equals(key))
                    .toArray();
            assertThat(part.mayHaveTrace(key)).isTrue();
            assertThat(part.ordinalsOfTrace(key).block()).as(key).isEqualTo(expected);
            assertThat(part.trace(key).map(PartRow::rowId).collectList().block())
                    .as(key)
                    .isEqualTo(IntStream.of(expected)
                            .mapToObj(i -> rows.get(i).rowId())
                            .toList());
        }
        assertThat(part.ordinalsOfTrace("trace-none").block()).isEmpty();
    }

    @Test
    void aTraceThatLiesInSeveralPlacesIsFoundWhole() {
        var rows = List.of(
                row("a", "t", 1, "{\"id\":\"a\"}"),
                row("b", "u", 2, "{\"id\":\"b\"}"),
                row("c", "t", 3, "{\"id\":\"c\"}"));

        var part = part(rows);

        assertThat(part.ordinalsOfTrace("t").block()).isEqualTo(new int[] {0, 2});
        assertThat(part.statistics().traces()).isEqualTo(3);
    }

    @Test
    void aTraceOfManyGroupsIsOneRunAndFoundWhole() {
        var rows = IntStream.range(0, 60)
                .mapToObj(i -> row(
                        "r" + i,
                        i < 3 ? "a" : i < 57 ? "long" : "b",
                        i,
                        "{\"input\":\"%s\"}".formatted("word " + "x".repeat(700))))
                .toList();

        var part = part(rows);

        assertThat(part.statistics().traces()).isEqualTo(3);
        assertThat(part.ordinalsOfTrace("long").block())
                .isEqualTo(IntStream.range(3, 57).toArray());
        assertThat(part.trace("long").map(PartRow::rowId).collectList().block())
                .isEqualTo(IntStream.range(3, 57).mapToObj(i -> "r" + i).toList());
        part.prove().block();
    }

    @Test
    void aColdLookupTakesFourReadsAtMost() throws IOException {
        var written = write(folder.resolve("part"), rows(12, 2_000), PartSettings.DEFAULT);
        var bytes = ByteSlice.of(Files.readAllBytes(written.part()));

        assertThat(readsOf(bytes, written, part -> part.find("row-777").then())).isLessThanOrEqualTo(4);
        assertThat(readsOf(bytes, written, part -> part.trace("trace-77").then()))
                .isLessThanOrEqualTo(4);
        assertThat(readsOf(bytes, written, part -> part.find("another").then())).isEqualTo(1);
    }

    private static int readsOf(ByteSlice bytes, WrittenPart written, Function<PartReader, Mono<Void>> question) {
        var blobs = new MemoryBlobs(Map.of(PartFixtures.NAME, bytes));
        question.apply(PartFixtures.open(blobs, written)).block();
        return blobs.reads.size();
    }

    @Test
    void theIndexFindsRowsByValueAndHasTheSameOrdinals() throws IOException {
        var rows = rows(8, 300);
        var part = part(rows);

        try (var search = FieldSearch.open(part.index());
                var texts = TextSearch.open(part.text())) {
            var path = FieldPath.of("metrics", "start");
            var found = search.range(path, NumberRange.exactly(new BigDecimal("1790000123.5")));
            assertThat(search.rows()).isEqualTo(300);
            assertThat(found.rows().toArray()).containsExactly(123);
            assertThat(texts.documents()).isPositive();
        }
    }

    @Test
    void itIsOpenedWithoutKnowingWhereItsTailBegins() {
        var store = store(folder.resolve("blobs"));
        var written = write(folder.resolve("part"), rows(9, 50), SMALL_FRAMES);
        put(store, written);

        var part = new PartBlobs(store, PartFixtures.DECODE)
                .open(PartFixtures.NAME.value())
                .blockOptional()
                .orElseThrow();

        assertThat(part.statistics()).isEqualTo(written.statistics());
    }

    @Test
    void idsAreKeptWhateverTheyHold() {
        var rows = List.of(
                row("\u0000", "\uD800", 1, "{\"root_span_id\":\"\\ud800\"}"),
                row("\uDC00\uD800x", "ключ/\uD83D\uDE00", 2, "{\"id\":\"x\"}"),
                RowState.of(PartFixtures.full(" ", Optional.empty(), PartFixtures.stamp(3, 0), "{}")));

        var part = part(rows);

        assertThat(part.rows(0, 3).collectList().block())
                .isEqualTo(rows.stream().map(PartRow::of).toList());
        assertThat(part.ordinalOf("\uDC00\uD800x").block()).isEqualTo(OptionalInt.of(1));
        assertThat(part.ordinalsOfTrace("\uD800").block()).isEqualTo(new int[] {0});
        assertThat(part.ordinalsOfTrace(" ").block()).isEqualTo(new int[] {2});
    }

    @Test
    void aPartWithoutRowsIsNotMadeAndAnUnfinishedOneLeavesNothing() throws IOException {
        var empty = folder.resolve("part");
        try (var writer = new PartWriter(SPEC, empty, SMALL_FRAMES)) {
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }

        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void aFinishedOneLeavesItsTwoFilesAndNothingElse() {
        var written = write(folder.resolve("part"), rows(10, 20), SMALL_FRAMES);

        assertThat(folder.resolve("part").toFile().list())
                .containsExactlyInAnyOrder(
                        written.part().getFileName().toString(),
                        written.orc().getFileName().toString());
    }
}

package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.part.columns.ColumnPath;
import io.spanlake.storage.part.columns.ColumnValues;
import io.spanlake.storage.part.columns.ColumnsReader;
import io.spanlake.storage.wal.StampSum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

/** A part of an object that keeps versions, as a program of long ago wrote it. */
class PartVersionsTest {
    private final ByteSlice part = read(GoldenVersions.PART);
    private final ByteSlice orc = read(GoldenVersions.ORC);
    private final PartReader reader = open();

    private PartReader open() {
        var blobs = new MemoryBlobs(Map.of(
                GoldenVersions.NAME, part, PartBlobNames.of(GoldenVersions.NAME).orc(), orc));
        var tail = PartFooterReader.read(PartFormat.BLOB.footerAndTrailer(part), part.length())
                .tailOffset();
        return new PartBlobs(blobs, PartFixtures.DECODE)
                .open(GoldenVersions.NAME.value(), part.length(), tail)
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void versionTwoIsReadForEver() {
        assertThat(reader.rows(0, reader.rows()).collectList().block()).isEqualTo(GoldenVersions.rows());
        assertThat(reader.superseded().toArray()).containsExactly(0, 1, 3);
        reader.prove().block();
    }

    @Test
    void aRowIsItsNewestVersion() {
        assertThat(reader.ordinalOf("a").block()).isEqualTo(OptionalInt.of(2));
        assertThat(reader.ordinalOf("b").block()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void eachVersionIsSeenFromItsTransactionToTheNext() {
        assertThat(seenAt(0)).isEmpty();
        assertThat(seenAt(1)).containsExactly(0);
        assertThat(seenAt(4)).containsExactly(0, 3);
        assertThat(seenAt(5)).containsExactly(1, 3);
        assertThat(seenAt(7)).containsExactly(1);
        assertThat(seenAt(9)).containsExactly(2);
    }

    private List<Integer> seenAt(int second) {
        var version = PartFixtures.stamp(second, 0).transaction();
        return Objects.requireNonNull(reader.keys()
                .filter(key -> key.isSeenAt(version))
                .map(PartKey::ordinal)
                .collectList()
                .block());
    }

    @Test
    void everyWriteIsCountedOnce() {
        var object = reader.spec().object();
        long sum = StampSum.of(
                        object,
                        "a",
                        List.of(PartFixtures.stamp(1, 0), PartFixtures.stamp(5, 0), PartFixtures.stamp(9, 0)))
                + StampSum.of(object, "b", List.of(PartFixtures.stamp(2, 0)));

        assertThat(reader.statistics().stampSum()).isEqualTo(sum);
        assertThat(reader.statistics().writes()).isEqualTo(4);
    }

    @Test
    void theColumnSaysUntilWhen() {
        var columns = ColumnsReader.open(
                        reader.columns(),
                        PartBlobNames.of(GoldenVersions.NAME).orc().value(),
                        orc.length(),
                        Schedulers.immediate())
                .blockOptional()
                .orElseThrow();
        var until = (ColumnValues.Integers) Objects.requireNonNull(
                        columns.read(List.of(ColumnPath.of("_until")), 0, 4).blockFirst())
                .columns()
                .getFirst();

        assertThat(until.at(0)).isEqualTo(PartFixtures.stamp(5, 0).transaction().value());
        assertThat(until.isNull(2)).isTrue();
        assertThat(until.at(3)).isEqualTo(PartFixtures.stamp(7, 0).transaction().value());
    }

    @Test
    void todaysProgramWritesTheSame(@TempDir Path folder) {
        assertThat(GoldenVersions.written(folder).statistics())
                .usingRecursiveComparison()
                .ignoringFields("bytes")
                .isEqualTo(reader.statistics());
    }

    @Test
    void anObjectThatKeepsNoneIsGivenNone(@TempDir Path folder) throws IOException {
        var row = GoldenPart.rows().getFirst();
        var ended = PartRow.of(row, Optional.of(PartFixtures.stamp(60, 0).transaction()));
        try (var writer = new PartWriter(PartFixtures.SPEC, folder, GoldenPart.SETTINGS)) {
            assertThatThrownBy(() -> writer.add(ended)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAVersionSaysOfItsEndIsNoPartOfTheRow() {
        var row = GoldenPart.rows().get(1);
        var stored = StoredRow.of(row);
        var ended = stored.until(Optional.of(PartFixtures.stamp(60, 0).transaction()));

        assertThat(ended.until()).contains(PartFixtures.stamp(60, 0).transaction());
        assertThat(ended.stamps()).isEqualTo(stored.stamps());
        assertThat(ended.isSettled()).isEqualTo(stored.isSettled());
        assertThat(ended.traceId()).isEqualTo(stored.traceId());
        assertThat(StoredRow.of(ended.state(row.object(), row.rowId()))).isEqualTo(stored);
        assertThat(ended.until(Optional.empty())).isEqualTo(stored);
        assertThat(stored.until()).isEmpty();
    }

    private static ByteSlice read(String name) {
        try (InputStream file = PartVersionsTest.class.getResourceAsStream(name)) {
            return ByteSlice.of(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

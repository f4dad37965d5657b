package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.columns.ColumnsReader;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.FieldPath;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.scheduler.Schedulers;

/** Files that programs of long ago wrote. */
class PartGoldenFileTest {
    private final ByteSlice part = read(GoldenPart.PART);
    private final ByteSlice orc = read(GoldenPart.ORC);

    private PartReader open() {
        return open(GoldenPart.PART);
    }

    private static PartReader open(String file) {
        var part = read(file);
        var blobs =
                new MemoryBlobs(Map.of(NAME, part, PartBlobNames.of(NAME).orc(), read(file.replace(".part", ".orc"))));
        var tail = PartFooterReader.read(PartFormat.BLOB.footerAndTrailer(part), part.length())
                .tailOffset();
        return new PartBlobs(blobs, PartFixtures.DECODE)
                .open(NAME.value(), part.length(), tail)
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void versionOneIsReadForEver() {
        var reader = open();
        var rows = GoldenPart.rows();

        assertThat(reader.rows(0, rows.size()).collectList().block())
                .isEqualTo(rows.stream().map(PartRow::of).toList());
        assertThat(reader.spec()).isEqualTo(PartFixtures.SPEC);
        reader.prove().block();
    }

    @Test
    void itsRowsAreFound() {
        var reader = open();

        assertThat(reader.ordinalOf("f").block()).isEqualTo(OptionalInt.of(5));
        assertThat(reader.ordinalsOfTrace("t1").block()).isEqualTo(new int[] {0, 1, 2});
        assertThat(reader.ordinalsOfSpan("d").block()).isEqualTo(new int[] {3});
    }

    @Test
    void itsIndexesAndColumnsOpen() throws IOException {
        var reader = open();

        try (var fields = FieldSearch.open(reader.index());
                var texts = TextSearch.open(reader.text())) {
            assertThat(fields.equal(FieldPath.of("metadata", "model"), "m")
                            .rows()
                            .toArray())
                    .containsExactly(2);
            assertThat(texts.documents()).isPositive();
        }
        var columns = ColumnsReader.open(
                        reader.columns(), PartBlobNames.of(NAME).orc().value(), orc.length(), Schedulers.immediate())
                .blockOptional()
                .orElseThrow();
        assertThat(columns.rows()).isEqualTo(6);
    }

    @Test
    void keysOfNullAreKnownOnlyWhereAllRowsWereWrittenWithThem(@TempDir Path folder) throws IOException {
        try (var old = FieldSearch.open(open().index());
                var merged = FieldSearch.open(FSDirectory.open(merged(folder)));
                var added = FieldSearch.open(open(GoldenNullKeys.PART).index())) {
            var metadata = FieldPath.of("metadata");

            assertThat(old.keysBelow(metadata, "model"::equals)).isEmpty();
            assertThat(merged.keysBelow(metadata, "model"::equals)).isEmpty();
            assertThat(merged.exists(FieldPath.of("metadata", "model")).rows()).isEqualTo(RoaringBitmap.bitmapOf(2, 6));
            assertThat(added.keysBelow(metadata, "gone"::equals)).hasValue(RoaringBitmap.bitmapOf(0));
            assertThat(added.keysBelow(metadata, "kept"::equals)).hasValue(RoaringBitmap.bitmapOf(0, 1));
        }
    }

    /** The index of the old part, and a row more that is indexed today. */
    private Path merged(Path folder) throws IOException {
        var old = folder.resolve("old");
        int rows = GoldenPart.rows().size();
        try (var copy = FSDirectory.open(old);
                var writer = new FieldIndexWriter(folder.resolve("new"), 1 << 20)) {
            var index = open().index();
            for (var file : index.listAll()) {
                copy.copyFrom(index, file, file, IOContext.DEFAULT);
            }
            IntStream.range(0, rows).forEach(writer::copy);
            var json = ByteSlice.ofUtf8("{\"metadata\":{\"model\":\"n\"}}");
            writer.add(rows, new IndexedRow(true, PartFixtures.stamp(1, 0), 0, json));
            writer.finish(List.of(new CopiedIndex(old, IntStream.range(0, rows).toArray())));
        }
        return folder.resolve("new");
    }

    @Test
    void itBeginsAndEndsAsItIsWritten() {
        assertThat(HexFormat.of().formatHex(part.slice(0, 12).toArray())).isEqualTo("534c4b5052540d0a01000000");
        assertThat(part.slice(part.length() - 8, 8).toUtf8()).isEqualTo("SLKPRT\r\n");
    }

    @Test
    void todaysProgramWritesTheSame(@TempDir Path folder) {
        var today = PartFixtures.write(folder, GoldenPart.rows(), GoldenPart.SETTINGS)
                .statistics();
        var golden = open().statistics();

        // Not the bytes: another release of zstd or Lucene may choose others for the same content.
        assertThat(today).usingRecursiveComparison().ignoringFields("bytes").isEqualTo(golden);
        assertThat(golden.stampSum()).isEqualTo(0x27C5_977B_D490_F271L);
    }

    private static ByteSlice read(String name) {
        try (InputStream file = PartGoldenFileTest.class.getResourceAsStream(name)) {
            return ByteSlice.of(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

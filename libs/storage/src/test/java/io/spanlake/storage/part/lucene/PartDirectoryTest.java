package io.spanlake.storage.part.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.FieldPath;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.index.NumberRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartDirectoryTest {
    private static final int ROWS = 20_000;
    private static final int BEFORE = 12_345;

    private final AtomicInteger reads = new AtomicInteger();
    private final Path folder;
    private ByteSlice blob = ByteSlice.of(new byte[0]);
    private List<PartFile> files = List.of();

    PartDirectoryTest(@TempDir Path temp) {
        folder = temp.resolve("index");
    }

    @BeforeEach
    void putAnIndexIntoABlob() throws IOException {
        try (var writer = new FieldIndexWriter(folder, 1 << 20)) {
            for (int ordinal = 0; ordinal < ROWS; ordinal++) {
                writer.add(ordinal, row(ordinal));
            }
            writer.finish();
        }
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[BEFORE]);
        var placed = new ArrayList<PartFile>();
        for (var file : PartFiles.of(folder)) {
            placed.add(new PartFile(file.name(), BEFORE + file.offset(), file.length()));
            bytes.write(Files.readAllBytes(folder.resolve(file.name())));
        }
        blob = ByteSlice.of(bytes.toByteArray());
        files = List.copyOf(placed);
    }

    @Test
    void aColdPartIsOpenedFromTheHotcacheAlone() throws IOException {
        var hotcache =
                Hotcache.parse(Hotcache.record(folder, FieldSearch::visit).encode());

        try (var search = FieldSearch.open(directory(hotcache))) {
            assertThat(search.rows()).isEqualTo(ROWS);
            assertThat(reads).hasValue(0);
            assertThat(hotcache.bytes()).isLessThan(64 << 10);

            var number = NumberRange.exactly(BigDecimal.valueOf(7_777));
            assertThat(search.range(FieldPath.of("metrics", "tokens"), number)
                            .rows()
                            .toArray())
                    .containsExactly(7_777);
            assertThat(reads.get())
                    .as("reads for the three terms that a range asks")
                    .isBetween(1, 3);
        }
    }

    @Test
    void answersAreThoseOfTheFolder() throws IOException {
        try (var here = FieldSearch.open(FSDirectory.open(folder));
                var there = FieldSearch.open(directory(Hotcache.NONE))) {
            var number = FieldPath.of("metrics", "tokens");
            var range = new NumberRange(BigDecimal.valueOf(500), true, BigDecimal.valueOf(1_500), false);

            assertThat(there.range(number, range)).isEqualTo(here.range(number, range));
            assertThat(there.range(number, range).rows().getCardinality()).isEqualTo(1_000);
            assertThat(there.equal(FieldPath.of("name"), "even")).isEqualTo(here.equal(FieldPath.of("name"), "even"));
            assertThat(there.created(100, 200).rows().getCardinality()).isEqualTo(100);
            assertThat(there.paginationKeys().of(19_999))
                    .isEqualTo(stamp(19_999).paginationNumber());
            assertThat(there.paginationKeys(stamp(5).paginationNumber(), stamp(9).paginationNumber())
                            .rows()
                            .toArray())
                    .containsExactly(5, 6, 7, 8);
        }
    }

    @Test
    void everyByteOfEveryFileIsThereWhereverAReadBegins() throws IOException {
        try (var directory = directory(Hotcache.record(folder, FieldSearch::visit));
                var original = FSDirectory.open(folder)) {
            for (var name : original.listAll()) {
                try (var expected = original.openInput(name, IOContext.DEFAULT);
                        var actual = directory.openInput(name, IOContext.DEFAULT)) {
                    assertThat(actual.length()).isEqualTo(expected.length());
                    for (long at = 0; at < expected.length(); at = 3 * at + 1) {
                        var wanted = new byte[(int) Math.min(100_000, expected.length() - at)];
                        var found = new byte[wanted.length];
                        expected.seek(at);
                        expected.readBytes(wanted, 0, wanted.length);
                        actual.seek(at);
                        actual.readBytes(found, 0, found.length);
                        assertThat(found).as("%s at %d", name, at).isEqualTo(wanted);
                    }
                    assertThatThrownBy(() -> actual.seek(actual.length() + 1)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void aReadThatFailsIsAnErrorAndNotAnAnswer() {
        var broken = new PartDirectory(
                (offset, length) -> {
                    throw new IOException("the store is away");
                },
                files,
                Hotcache.NONE);

        assertThatThrownBy(() -> FieldSearch.open(broken)).isInstanceOf(IOException.class);
    }

    private PartDirectory directory(Hotcache hotcache) {
        return new PartDirectory(
                (offset, length) -> {
                    reads.incrementAndGet();
                    return blob.slice((int) offset, length);
                },
                files,
                hotcache);
    }

    private static IndexedRow row(int ordinal) {
        var json =
                "{\"name\":\"%s\",\"metrics\":{\"tokens\":%d}}".formatted(ordinal % 2 == 0 ? "even" : "odd", ordinal);
        return new IndexedRow(ordinal % 4 == 0, stamp(ordinal), ordinal, ByteSlice.ofUtf8(json));
    }

    private static Stamp stamp(int ordinal) {
        return new Stamp(TransactionId.of(1_790_000_000L + ordinal / 100, ordinal % 100), ordinal % 7);
    }
}

package io.spanlake.storage.part.columns;

import static io.spanlake.storage.part.columns.SampleColumns.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnsDamageTest {
    private SampleColumns columns;
    private Path file;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        columns = new SampleColumns(folder);
        file = columns.file("sound");
        columns.write(file, rows("{\"metrics\":{\"x\":1}}", "{\"tags\":[\"a\"]}"), ColumnLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        columns.close();
    }

    @Test
    void aFileThatIsCutIsRefusedWithItsName() throws IOException {
        var bytes = Files.readAllBytes(file);

        for (int length : new int[] {0, 1, 3, bytes.length / 2, bytes.length - 1}) {
            var cut = columns.file("cut-" + length);
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> columns.reader(cut))
                    .isInstanceOf(ColumnsFormatException.class)
                    .hasMessageContaining("cut-" + length);
        }
    }

    @Test
    void whatIsNoOrcFileIsRefused() throws IOException {
        var other = columns.file("other");
        Files.writeString(other, "no ORC at all, but long enough to be one");

        assertThatThrownBy(() -> columns.reader(other)).isInstanceOf(ColumnsFormatException.class);
    }

    @Test
    void aBlobThatIsGoneIsToldAsSuch() throws IOException {
        var reader = columns.reader(file);
        columns.store.delete(List.of(new BlobName("orgs/o/parts/sound.orc"))).block();

        assertThatThrownBy(() -> reader.read(List.of(ColumnPath.of("id")), 0, 2).blockLast())
                .isInstanceOf(BlobNotFoundException.class);
    }
}

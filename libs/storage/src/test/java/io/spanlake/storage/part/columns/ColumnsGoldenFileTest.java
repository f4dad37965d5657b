package io.spanlake.storage.part.columns;

import static io.spanlake.storage.part.columns.SampleColumns.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a program of long ago wrote. */
class ColumnsGoldenFileTest {
    private SampleColumns columns;

    @BeforeEach
    void open(@TempDir Path folder) {
        columns = new SampleColumns(folder);
    }

    @AfterEach
    void close() {
        columns.close();
    }

    @Test
    void versionOneIsReadForEver() throws IOException {
        var golden = golden();

        assertThat(golden.values("id")).containsExactly("row-000000", "row-000001", "row-000002");
        assertThat(golden.values("metrics.tokens")).containsExactly(7L, nothing(), nothing());
        assertThat(golden.values("metrics.cost")).containsExactly(0.1, nothing(), nothing());
        assertThat(golden.values("scores.good")).containsExactly(nothing(), 0.5, nothing());
        assertThat(golden.values("metadata.\"a.b\"")).containsExactly(true, false, true);
        assertThat(golden.values("metadata.n.deep")).containsExactly(nothing(), nothing(), Long.MAX_VALUE);
        assertThat(golden.values("tags")).containsExactly(List.of("a"), nothing(), nothing());
        assertThat(golden.values("error")).containsExactly(nothing(), nothing(), "\u00e9");
        assertThat(golden.values("created")).containsExactly(1789984800000000L, 1789984801001000L, 1789984802002000L);
        assertThat(golden.leftOut()).containsExactly(List.of(), List.of("metrics.tokens"), List.of());
        assertThat(golden.reader().complete()).isTrue();
    }

    @Test
    void todaysProgramWritesTheSameColumns() throws IOException {
        var today = columns.sample(GoldenColumns.goldenRows());

        assertThat(today.reader().columns()).isEqualTo(golden().reader().columns());
    }

    private SampleColumns.Sample golden() throws IOException {
        var file = columns.file("golden");
        try (var resource = ColumnsGoldenFileTest.class.getResourceAsStream(GoldenColumns.FILE)) {
            Files.copy(Objects.requireNonNull(resource, GoldenColumns.FILE), file);
        }
        var nothingWritten = new WrittenColumns(0, 0, List.of(), true);
        return new SampleColumns.Sample(nothingWritten, columns.reader(file));
    }
}

package io.spanlake.benchmarks.micro;

import io.spanlake.model.OrganizationId;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.part.PartWriter;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.lucene.PartFile;
import io.spanlake.storage.part.lucene.PartFiles;
import io.spanlake.storage.part.text.TextIndexWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.IndexOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Both indexes of a part beside one Lucene document a row with the same fields and words; and a whole part. Its files go to
 * {@code java.io.tmpdir}. What counts is the column {@code cpu}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx3g",
            "-XX:+UseSerialGC"
        })
public class PartIndexBenchmark {
    private static final long MEMORY_BYTES = 64 << 20;

    @Param({PartRows.ALL, PartRows.TAU_BENCH})
    public String traces = PartRows.ALL;

    private List<PartRow> rows = List.of();
    private Path folder = Path.of("");

    @Setup
    public void prepare() throws IOException {
        rows = PartRows.of(traces);
        folder = Files.createTempDirectory("spanlake-part-index");
        System.out.printf("%n%,d rows, %,d bytes of JSON%n", rows.size(), PartRows.bytes(rows));
        indexes();
        System.out.printf("indexes: %,d bytes%n", bytes("index") + bytes("text"));
        empty();
        rowByRow();
        System.out.printf("row by row: %,d bytes%n", bytes("rows"));
        empty();
    }

    private long bytes(String piece) throws IOException {
        return PartFiles.of(folder.resolve(piece)).stream()
                .mapToLong(PartFile::length)
                .sum();
    }

    @TearDown(Level.Invocation)
    public void empty() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Files.createDirectory(folder);
    }

    /** As a part has them. */
    @Benchmark
    public void indexes() throws IOException {
        try (var text = new TextIndexWriter(folder.resolve("text"), MEMORY_BYTES);
                var index = new FieldIndexWriter(folder.resolve("index"), MEMORY_BYTES, text)) {
            int ordinal = 0;
            for (var row : rows) {
                index.add(ordinal++, PartRows.indexed(row));
                text.endRow();
            }
            index.finish();
            text.finish();
        }
    }

    /** One document a row, with positions of words, as Lucene has them by default. */
    @Benchmark
    public void rowByRow() throws IOException {
        rowByRow(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    }

    /** The same without positions. */
    @Benchmark
    public void rowByRowWithoutPositions() throws IOException {
        rowByRow(IndexOptions.DOCS);
    }

    private void rowByRow(IndexOptions options) throws IOException {
        try (var writer = new RowDocuments(folder.resolve("rows"), MEMORY_BYTES, options)) {
            for (var row : rows) {
                writer.add(PartRows.indexed(row));
            }
            writer.finish();
        }
    }

    /** Rows, keys, indexes and columns, from rows as they are stored. */
    @Benchmark
    public void part() throws IOException {
        var object = MicroTraces.OBJECT;
        var spec = new PartSpec(
                OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10"),
                object,
                UUID.fromString(object.id()),
                0,
                List.of(),
                List.of());
        try (var writer = new PartWriter(spec, folder.resolve("part"), PartSettings.DEFAULT)) {
            for (var row : rows) {
                writer.add(PartRow.of(object, row.rowId(), row.stored()));
            }
            writer.finish();
        }
    }
}

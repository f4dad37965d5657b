package io.spanlake.benchmarks.micro;

import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.lucene.PartFile;
import io.spanlake.storage.part.lucene.PartFiles;
import io.spanlake.storage.part.text.TextIndexWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * The index and text pieces of a part, beside the same fields and words with one document a row,. The folder is {@code java.io.tmpdir}'s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx2g",
            "-XX:+UseSerialGC"
        })
public class PartIndexBenchmark {
    private static final long MEMORY_BYTES = 64 << 20;

    /** Of rows, about. */
    @Param({"24"})
    public int megabytes = 24;

    private List<IndexedRow> rows = List.of();
    private Path folder = Path.of("");

    @Setup
    public void prepare() throws IOException {
        rows = PartRows.ofMegabytes(megabytes);
        folder = Files.createTempDirectory("spanlake-part-index");
        System.out.printf("%n%,d rows, %,d bytes of JSON%n", rows.size(), PartRows.bytes(rows));
        fieldIndex();
        print("index");
        empty();
        textIndex();
        print("text");
        empty();
        rowByRow();
        print("row by row");
    }

    private void print(String name) throws IOException {
        try (var pieces = Files.list(folder)) {
            var files = pieces.flatMap(PartIndexBenchmark::files).toList();
            System.out.printf(
                    "%s %,d bytes: %s%n",
                    name, files.stream().mapToLong(PartFile::length).sum(), files);
        }
    }

    private static Stream<PartFile> files(Path piece) {
        try {
            return PartFiles.of(piece).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Benchmark
    public void fieldIndex() throws IOException {
        try (var writer = new FieldIndexWriter(folder.resolve("index"), MEMORY_BYTES)) {
            int ordinal = 0;
            for (var row : rows) {
                writer.add(ordinal++, row);
            }
            writer.finish();
        }
    }

    @Benchmark
    public void textIndex() throws IOException {
        try (var writer = new TextIndexWriter(folder.resolve("text"), MEMORY_BYTES)) {
            int ordinal = 0;
            for (var row : rows) {
                writer.add(ordinal++, row.json());
            }
            writer.finish();
        }
    }

    /** Both pieces, as a compactor writes them. */
    @Benchmark
    public void bothPieces() throws IOException {
        fieldIndex();
        textIndex();
    }

    /** The same fields and words, one document a row. */
    @Benchmark
    public void rowByRow() throws IOException {
        rowByRow(IndexOptions.DOCS);
    }

    /** And with positions, which a text field has by default. */
    @Benchmark
    public void rowByRowWithPositions() throws IOException {
        rowByRow(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    }

    private void rowByRow(IndexOptions options) throws IOException {
        fieldIndex();
        try (var writer = new RowTexts(folder.resolve("rows"), MEMORY_BYTES, options)) {
            for (var row : rows) {
                writer.add(row.json());
            }
            writer.finish();
        }
    }
}

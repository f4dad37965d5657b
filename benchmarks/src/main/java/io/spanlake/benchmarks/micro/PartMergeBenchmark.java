package io.spanlake.benchmarks.micro;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.part.PartBlobNames;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.scheduler.Schedulers;

/**
 * All traces in eight parts, written as one: with what their indexes say copied, and with all of it made anew. What counts is the
 * column {@code cpu}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx3g",
            "-XX:+UseSerialGC"
        })
public class PartMergeBenchmark {
    private static final int PARTS = 8;
    private static final PartSpec SPEC = new PartSpec(
            OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10"),
            MicroTraces.OBJECT,
            UUID.fromString(MicroTraces.OBJECT.id()),
            0,
            List.of(),
            List.of());

    private final List<PartReader> parts = new ArrayList<>();
    private Path folder = Path.of("");

    @Setup
    public void prepare() throws IOException {
        var rows = PartRows.of(PartRows.ALL);
        System.out.printf("%n%,d rows, %,d bytes of JSON%n", rows.size(), PartRows.bytes(rows));
        folder = Files.createTempDirectory("spanlake-part-merge");
        var store = FolderBlobStore.open(folder.resolve("store"), Schedulers.immediate(), Duration.ofMinutes(1));
        for (int part = 0; part < PARTS; part++) {
            int first = rows.size() * part / PARTS;
            parts.add(put(store, part, rows.subList(first, rows.size() * (part + 1) / PARTS)));
        }
    }

    private PartReader put(BlobStore store, int number, List<PartRow> rows) throws IOException {
        try (var writer = new PartWriter(SPEC, folder.resolve("part-" + number), PartSettings.DEFAULT)) {
            for (var row : rows) {
                writer.add(row);
            }
            var written = writer.finish();
            var name = new BlobName("orgs/o/parts/%d.part".formatted(number));
            store.putFileIfAbsent(PartBlobNames.of(name).orc(), written.orc()).block();
            store.putFileIfAbsent(name, written.part()).block();
            return Objects.requireNonNull(new PartBlobs(store, Schedulers.immediate())
                    .open(name.value(), written.partBytes(), written.tailOffset())
                    .block());
        }
    }

    @Benchmark
    public void copied() throws IOException {
        merge(row -> row);
    }

    @Benchmark
    public void anew() throws IOException {
        merge(PartRow::indexedAnew);
    }

    private void merge(UnaryOperator<PartRow> way) throws IOException {
        try (var writer = new PartWriter(SPEC, folder.resolve("merged"), PartSettings.DEFAULT)) {
            for (var part : parts) {
                for (var row : part.rows(0, part.rows()).toIterable(1)) {
                    writer.add(way.apply(row));
                }
            }
            writer.finish();
        }
    }

    @TearDown(Level.Invocation)
    public void empty() throws IOException {
        delete(folder.resolve("merged"));
    }

    @TearDown
    public void end() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

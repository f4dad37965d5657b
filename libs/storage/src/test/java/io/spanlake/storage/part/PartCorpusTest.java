package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recorded traces take in the store, all indexes and columns included. */
class PartCorpusTest {
    private static final ObjectRef LOGS =
            new ObjectRef(ObjectType.PROJECT_LOGS, "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01");
    private static final PartSpec SPEC = new PartSpec(
            OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10"),
            LOGS,
            UUID.fromString(LOGS.id()),
            0,
            List.of(),
            List.of());

    private final Path folder;

    PartCorpusTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aPartOfAllTracesHasASixthOfTheirBytes() throws IOException {
        var result = write("corpus", line -> true);

        assertThat(result.statistics().rows()).isEqualTo(57_733);
        assertThat(result.ratio()).isGreaterThan(6);
    }

    @Test
    void aPartOfAnAgentsTracesHasAFifteenthOfTheirBytes() throws IOException {
        var result = write("tau-bench", line -> line.toUtf8().contains("\"source\":\"sierra-research/tau-bench\""));

        assertThat(result.statistics().rows()).isEqualTo(3_820);
        assertThat(result.ratio()).isGreaterThan(15);
    }

    private record Result(PartStatistics statistics, long corpusBytes) {
        double ratio() {
            return (double) corpusBytes / statistics.storedBytes();
        }
    }

    private Result write(String name, Predicate<ByteSlice> wanted) throws IOException {
        for (int i = 0; i < CorpusRows.FILES; i++) {
            assumeTrue(CorpusRows.file(i).isPresent(), "skipped: no traces in SPANLAKE_CORPUS");
        }
        var rows = new CorpusRows(LOGS);
        var taken = new Taken(wanted);
        try (var writer = new PartWriter(SPEC, folder.resolve(name), PartSettings.DEFAULT)) {
            for (int i = 0; i < CorpusRows.FILES; i++) {
                rows.read(CorpusRows.file(i).orElseThrow(), (row, line) -> taken.add(writer, row, line));
            }
            long from = System.nanoTime();
            var result = new Result(writer.finish().statistics(), taken.corpusBytes);
            print(name, result, taken.nanos + System.nanoTime() - from);
            return result;
        }
    }

    private static final class Taken {
        private final Predicate<ByteSlice> wanted;
        private long corpusBytes;
        private long nanos;

        Taken(Predicate<ByteSlice> wanted) {
            this.wanted = wanted;
        }

        void add(PartWriter writer, RowState row, ByteSlice line) throws IOException {
            if (wanted.test(line)) {
                corpusBytes += line.length() + 1;
                long from = System.nanoTime();
                writer.add(PartRow.of(row));
                nanos += System.nanoTime() - from;
            }
        }
    }

    private static void print(String name, Result result, long nanos) {
        var statistics = result.statistics();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d rows, %,d bytes raw, %,d stored, 1/%.1f; %.1f MB/s%n",
                name,
                statistics.rows(),
                result.corpusBytes(),
                statistics.storedBytes(),
                result.ratio(),
                result.corpusBytes() * 1e3 / nanos);
        for (var piece : Piece.values()) {
            System.out.printf(
                    Locale.ROOT, "  %-9s %,11d%n", piece, statistics.bytes().getOrDefault(piece, 0L));
        }
    }
}

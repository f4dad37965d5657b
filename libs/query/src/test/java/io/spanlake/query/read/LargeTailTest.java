package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.query.Lake;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailCounts;
import io.spanlake.query.tail.TailObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A tail of many rows in a small heap, with the time of each read printed. 20,000 rows by default; {@code
 * -Dspanlake.test.tail-rows=1000000} makes it two million writes of a kilobyte.
 */
class LargeTailTest {
    private static final int ROWS = Integer.getInteger("spanlake.test.tail-rows", 20_000);
    private static final int ROWS_OF_A_FLUSH = 4_000;
    private static final int ROWS_OF_A_TRACE = 20;
    private static final Lake LAKE = Lake.open();

    private final TailObject object = LAKE.freshObject();
    private final ReadTarget target = LAKE.target(object);
    private final ObjectReads reads = LAKE.reads(LAKE.views(192 << 20));

    @AfterAll
    static void close() {
        LAKE.close();
    }

    @Test
    void everyReadOfALargeTailWorks() {
        write();

        var cold = timed(
                "counts, cold", () -> reads.counts(target, ReadMode.NEWEST).block());
        var counts = timed(
                "counts, warm", () -> reads.counts(target, ReadMode.NEWEST).block());
        assertThat(cold.counts()).isEqualTo(new TailCounts(ROWS, ROWS / ROWS_OF_A_TRACE));
        assertThat(counts.counts()).isEqualTo(cold.counts());

        var newest = timed(
                "newest 1,000 rows",
                () -> ids(reads.page(target, ReadMode.NEWEST, page(Optional.empty()))
                        .flatMapMany(Walk::json)
                        .collectList()
                        .block()));
        assertThat(newest).hasSize(1_000).doesNotHaveDuplicates().startsWith(id(ROWS - 1));

        int some = ROWS / 3;
        var row = timed(
                "one row", () -> reads.row(target, ReadMode.NEWEST, id(some)).block());
        assertThat(Objects.requireNonNull(Walk.json(row.row().orElseThrow()).blockFirst())
                        .toUtf8())
                .contains("\"output\":", "\"input\":");

        var trace = timed(
                "one trace",
                () -> ids(reads.trace(target, ReadMode.NEWEST, trace(some))
                        .flatMapMany(Walk::json)
                        .collectList()
                        .block()));
        assertThat(trace).hasSize(ROWS_OF_A_TRACE);
        System.out.printf(
                "  %,d bytes of index, %,d bytes of heap in use%n",
                (long) LAKE.registry.get("spanlake.query.tail.size").gauge().value(), heapInUse());
    }

    private void write() {
        var random = new Random(3);
        for (int from = 0; from < ROWS; from += ROWS_OF_A_FLUSH) {
            var starts = new ArrayList<Write>();
            var ends = new ArrayList<Write>();
            for (int row = from; row < from + ROWS_OF_A_FLUSH; row++) {
                starts.add(start(row, random));
                ends.add(end(row, random));
            }
            LAKE.flush(Map.of(0, starts));
            LAKE.flush(Map.of(0, ends));
        }
    }

    private Write start(int row, Random random) {
        var json =
                "{\"id\":\"%s\",\"span_id\":\"%s\",\"root_span_id\":\"%s\",\"input\":\"%s\",\"metrics\":{\"start\":%d}}"
                        .formatted(id(row), id(row), trace(row), text(random), row);
        return write(row, Optional.of(trace(row)), 0, WriteKind.FULL, json);
    }

    private Write end(int row, Random random) {
        var json =
                "{\"id\":\"%s\",\"output\":\"%s\",\"metrics\":{\"end\":%d}}".formatted(id(row), text(random), row + 1);
        return write(row, Optional.empty(), 1, WriteKind.MERGE, json);
    }

    private Write write(int row, Optional<String> trace, int version, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(1_700_000_000L + row / 100, version), row % 100);
        return new Write(object.ref(), id(row), trace, stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** A kilobyte that compresses about as prose does. */
    private static String text(Random random) {
        var text = new StringBuilder();
        while (text.length() < 1_000) {
            text.append("word").append(random.nextInt(5_000)).append(' ');
        }
        return text.toString();
    }

    private static String id(int row) {
        return new UUID(row * 0x9E3779B97F4A7C15L, row).toString();
    }

    private static String trace(int row) {
        return new UUID(row / ROWS_OF_A_TRACE * 0x9E3779B97F4A7C15L, 1).toString();
    }

    private static PageRequest page(Optional<String> cursor) {
        return new PageRequest(RowDirection.NEWEST_FIRST, cursor, new PageLimits(1_000, 32 << 20));
    }

    private static List<String> ids(@org.jspecify.annotations.Nullable List<ByteSlice> rows) {
        return Objects.requireNonNull(rows).stream().map(Walk::id).toList();
    }

    private static <T> T timed(String what, Supplier<@org.jspecify.annotations.Nullable T> read) {
        long begin = System.nanoTime();
        T answer = Objects.requireNonNull(read.get());
        System.out.printf("  %-20s %,7d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
        return answer;
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.model.Write;
import io.spanlake.storage.part.PartRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * One trace that is larger than what a part may hold of one. Scaled down as it is run here; the real one, of a gigabyte, by {@link
 * #itIsCutIntoStretchesThatAreMergedNoFurther} alone with {@code -Dspanlake.test.trace=1GB -Dspanlake.test.trace-part=256MB}, in a
 * heap of 1 GiB ({@code -DargLine=-Xmx1g}). The other has one cut of three parts, which no heap of that size can make.
 */
class BigTraceTest {
    private static final DataSize TRACE = size("spanlake.test.trace", "12MB");
    private static final DataSize TRACE_PART = size("spanlake.test.trace-part", "2MB");
    private static final int ROW_BYTES = 100_000;
    private static final int CUT_ROWS = (int) (TRACE_PART.toBytes() / 4 / ROW_BYTES);

    private static DataSize size(String property, String otherwise) {
        return DataSize.parse(System.getProperty(property, otherwise));
    }

    @Test
    void itIsCutIntoStretchesThatAreMergedNoFurther(@TempDir Path folder) {
        int rows = (int) (TRACE.toBytes() / ROW_BYTES);
        try (var kit = new CompactorKit(folder)) {
            kit.use(CompactorKit.properties(Duration.ZERO, TRACE_PART, TRACE_PART));
            for (int first = 0; first < rows; first += CUT_ROWS) {
                append(kit, first, Math.min(first + CUT_ROWS, rows));
            }

            kit.closeEverything();
            kit.compactUntilIdle();

            var parts = kit.snapshot().parts();
            assertThat(kit.snapshot().sections()).isEmpty();
            assertThat(parts.stream().mapToLong(LivePart::liveRows).sum()).isEqualTo(rows);
            assertThat(parts).allMatch(part -> part.file().rawBytes() < 2 * TRACE_PART.toBytes());
            assertThat(parts.size()).isLessThanOrEqualTo((int) (3 * TRACE.toBytes() / TRACE_PART.toBytes()));
            assertThat(ids(kit)).hasSize(rows);
            assertThat(kit.compactor().compactOne()).as("merged further").isFalse();
        }
    }

    @Test
    void oneCutOfItIsWrittenAsSeveralParts(@TempDir Path folder) {
        int rows = (int) (3 * TRACE_PART.toBytes() / ROW_BYTES);
        try (var kit = new CompactorKit(folder)) {
            kit.use(CompactorKit.properties(Duration.ZERO, TRACE, TRACE_PART));
            append(kit, 0, rows);

            kit.compactor().compactOne();

            assertThat(kit.snapshot().parts())
                    .hasSizeBetween(2, 4)
                    .allMatch(part -> part.file().rawBytes() < 2 * TRACE_PART.toBytes());
            assertThat(ids(kit)).hasSize(rows);
        }
    }

    /** As one cut: a stretch of the trace, in the order in which its rows began. */
    private static void append(CompactorKit kit, int first, int next) {
        var writes = new ArrayList<Write>();
        for (int row = first; row < next; row++) {
            writes.add(kit.full(
                    "r" + row,
                    "t",
                    "{\"id\":\"r%d\",\"root_span_id\":\"t\",\"metrics\":{\"start\":%d},\"input\":\"%s\"}"
                            .formatted(row, 1_770_000_000 + row, text(row))));
        }
        kit.append(writes);
        kit.cut();
        kit.forget();
    }

    private static String text(int row) {
        var random = new Random(row);
        var text = new StringBuilder(ROW_BYTES);
        while (text.length() < ROW_BYTES - 200) {
            text.append("word").append(random.nextInt(50_000)).append(' ');
        }
        return text.toString();
    }

    /** Read a row at a time: all of them would not fit in memory. */
    private static Set<String> ids(CompactorKit kit) {
        var ids = new HashSet<String>();
        for (var part : kit.open()) {
            int ordinal = 0;
            for (PartRow row : part.reader().rows(0, part.reader().rows()).toIterable(1)) {
                if (!part.isDead(ordinal++)) {
                    assertThat(ids.add(row.rowId())).as(row.rowId()).isTrue();
                }
            }
        }
        return ids;
    }
}

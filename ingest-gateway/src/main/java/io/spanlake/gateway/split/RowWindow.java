package io.spanlake.gateway.split;

import io.spanlake.gateway.row.RowKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a body that is too large to be in memory. Thread-safe. Blocks with its source.
 *
 * <p>Errors as those of {@link RowSplitter}.
 */
public final class RowWindow {
    private static final int ROWS_A_RESERVATION = 1_024;
    /** So much more than a row fits, that a row over its limit is seen to be so. */
    private static final int SLACK = 64 * 1024;

    private final SplitLimits limits;

    public RowWindow(SplitLimits limits) {
        this.limits = limits;
    }

    /** Reads the body to its end; all rows are valid where it returns. */
    public List<RowRange> rows(BodySource body, RowMemory memory) {
        var rows = new Ranges(memory);
        var window = new SlidingWindow(body, limits.rowBytesMax() + SLACK, memory);
        var upload = new BodyWalk(window, limits, rows).walk();
        if (upload.isPresent()) {
            throw BodyWalk.notRows();
        }
        return rows.rows;
    }

    private static final class Ranges implements RowSink {
        private final RowMemory memory;
        private final List<RowRange> rows = new ArrayList<>();

        Ranges(RowMemory memory) {
            this.memory = memory;
        }

        @Override
        public void begin() {
            rows.clear();
        }

        @Override
        public void row(RowKeys keys, long first, int bytes) {
            if (rows.size() % ROWS_A_RESERVATION == 0) {
                memory.reserve((long) ROWS_A_RESERVATION * RowMemory.BYTES_PER_ROW);
            }
            rows.add(new RowRange(keys, first, bytes));
        }
    }
}

package io.spanlake.gateway.split;

import io.spanlake.gateway.row.RowKeys;
import io.spanlake.gateway.row.RowToWrite;
import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a body in memory. Thread-safe; CPU work at hundreds of MB/s, so not for an event loop.
 *
 * <p>Errors are {@link io.spanlake.service.errors.RefusedException} naming row, id, byte and limit. A body has one fault or
 * none: the first.
 */
public final class RowSplitter {
    private static final int ROWS_A_RESERVATION = 1_024;

    private final SplitLimits limits;

    public RowSplitter(SplitLimits limits) {
        this.limits = limits;
    }

    /** @param body {@code {"rows":…}}; the JSON of the rows are ranges of it */
    public SplitBody split(ByteSlice body, RowMemory memory) {
        var rows = new Collected(body, memory);
        var upload = new BodyWalk(new WholeBody(body), limits, rows).walk();
        return upload.isPresent() ? new SplitBody.Uploaded(upload.get()) : new SplitBody.Rows(rows.rows);
    }

    private static final class Collected implements RowSink {
        private final ByteSlice body;
        private final RowMemory memory;
        private final List<RowToWrite> rows = new ArrayList<>();

        Collected(ByteSlice body, RowMemory memory) {
            this.body = body;
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
            rows.add(new RowToWrite(keys, body.slice((int) first, bytes)));
        }
    }
}

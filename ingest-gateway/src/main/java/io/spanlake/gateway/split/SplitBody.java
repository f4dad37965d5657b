package io.spanlake.gateway.split;

import io.spanlake.gateway.row.RowToWrite;
import java.util.List;

/** What a body holds. */
public sealed interface SplitBody {
    /** All of them are valid. */
    record Rows(List<RowToWrite> rows) implements SplitBody {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** The rows were uploaded before, under that key. */
    record Uploaded(String key) implements SplitBody {}
}

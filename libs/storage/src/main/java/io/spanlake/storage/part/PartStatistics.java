package io.spanlake.storage.part;

import io.spanlake.model.Stamp;
import io.spanlake.storage.part.columns.ColumnStatistics;
import java.util.List;
import java.util.Map;

/**
 * What a part holds, counted over all of its rows, dead ones too.
 *
 * @param rows           how many, at least one
 * @param traces         how many runs of rows of one trace
 * @param writes         stamps that the rows remember
 * @param rawBytes       of the rows' JSON
 * @param stampSum       of all stamps that the rows remember; see {@link io.spanlake.storage.wal.StampSum}
 * @param firstMin       smallest arrival of a row
 * @param firstMax       largest arrival of a row
 * @param lastMin        smallest newest write of a row
 * @param lastMax        largest newest write of a row
 * @param startMicrosMin smallest start of a row; see {@link RowFacts#startMicros}
 * @param startMicrosMax largest start of a row
 * @param bytes          stored bytes of each piece
 * @param columns        what each column holds
 */
public record PartStatistics(
        long rows,
        long traces,
        long writes,
        long rawBytes,
        long stampSum,
        Stamp firstMin,
        Stamp firstMax,
        Stamp lastMin,
        Stamp lastMax,
        long startMicrosMin,
        long startMicrosMax,
        Map<Piece, Long> bytes,
        List<ColumnStatistics> columns) {
    public PartStatistics {
        bytes = Map.copyOf(bytes);
        columns = List.copyOf(columns);
    }

    /** Bytes of all pieces: what the part takes in the store. */
    public long storedBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}

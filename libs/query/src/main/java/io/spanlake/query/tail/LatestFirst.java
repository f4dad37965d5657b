package io.spanlake.query.tail;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Rows of a tail, those first that may show the latest {@code created}. */
public final class LatestFirst {
    private final TailRowList rows;
    private final int[] indexes;
    private final int[] seconds;

    LatestFirst(TailRowList rows, int[] indexes, int[] seconds) {
        this.rows = rows;
        this.indexes = indexes;
        this.seconds = seconds;
    }

    public int size() {
        return indexes.length;
    }

    /** A run of them, by the frames in which they lie. */
    public PickedRows rows(int first, int next) {
        return rows.byPlace(Arrays.copyOfRange(indexes, first, next));
    }

    /** None of the rows from there on shows a later one; empty where it is not known. */
    public Optional<Instant> latest(int from) {
        return LatestStart.time(seconds[from]);
    }
}

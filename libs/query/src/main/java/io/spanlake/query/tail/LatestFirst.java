package io.spanlake.query.tail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of a tail, those first that may show the latest {@code created}. */
public final class LatestFirst {
    private final List<RowPlaces> rows;
    private final int[] seconds;

    LatestFirst(List<RowPlaces> rows, int[] seconds) {
        this.rows = rows;
        this.seconds = seconds;
    }

    public List<RowPlaces> rows() {
        return rows;
    }

    /** None of the rows from there on shows a later one; empty where it is not known. */
    public Optional<Instant> latest(int from) {
        return LatestStart.time(seconds[from]);
    }
}

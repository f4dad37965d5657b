package io.spanlake.query.tail;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntFunction;

/** Takes rows one after another until a page is full. Not thread-safe. */
final class PageUnderWay {
    private final PageLimits limits;
    private final TailWrites writes;
    private final IntFunction<RowPlaces> placesOf;
    private final ArrayList<RowPlaces> taken = new ArrayList<>();
    private long bytes;
    private boolean more;

    PageUnderWay(PageLimits limits, TailWrites writes, IntFunction<RowPlaces> placesOf) {
        this.limits = limits;
        this.writes = writes;
        this.placesOf = placesOf;
    }

    /** Whether the page wants to see the next row. */
    boolean take(int row) {
        if (!taken.isEmpty() && (taken.size() == limits.rows() || bytes + writes.bytesOf(row) > limits.bytes())) {
            more = true;
            return false;
        }
        var places = placesOf.apply(row);
        taken.add(places);
        bytes += places.bytes();
        return true;
    }

    RowPage end() {
        return new RowPage(taken, more ? Optional.of(taken.getLast().position()) : Optional.empty());
    }
}

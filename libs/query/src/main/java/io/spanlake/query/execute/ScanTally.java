package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What one pass over the rows of objects was about to read, and has read. Thread-safe. */
public final class ScanTally implements ScanWatch {
    private static final int PLACES_MAX = 1_000;

    /** See {@link ScanWatch}. */
    public record Place(String name, long rows, long admitted) {}

    private final Hint hint;
    private final List<Place> places = new ArrayList<>();
    private final LongAdder visible = new LongAdder();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    ScanTally(Hint hint) {
        this.hint = hint;
    }

    @Override
    public void admitted(String place, long ofPlace, long admittedOfPlace) {
        visible.add(ofPlace);
        admitted.add(admittedOfPlace);
        synchronized (places) {
            if (places.size() < PLACES_MAX) {
                places.add(new Place(place, ofPlace, admittedOfPlace));
            }
        }
    }

    @Override
    public void read(SourceRow row) {
        rows.increment();
        bytes.add(row.json().length());
    }

    @Override
    public void leftOut(long count, long size) {
        rows.add(count);
        bytes.add(size);
    }

    public Hint hint() {
        return hint;
    }

    /** At most 1,000 of them. */
    public List<Place> places() {
        synchronized (places) {
            return List.copyOf(places);
        }
    }

    /** Rows of the objects in this snapshot. */
    public long rowsVisible() {
        return visible.sum();
    }

    public long rowsAdmitted() {
        return admitted.sum();
    }

    public long rowsRead() {
        return rows.sum();
    }

    /** JSON of the rows that were read. */
    public long bytesRead() {
        return bytes.sum();
    }
}

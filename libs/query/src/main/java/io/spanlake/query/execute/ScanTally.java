package io.spanlake.query.execute;

import io.spanlake.blobstore.BlobReadWatch;
import io.spanlake.query.plan.Hint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one pass over the rows of objects was about to read, and has read. Thread-safe. */
public final class ScanTally implements ScanWatch {
    private static final int PLACES_MAX = 1_000;

    /** See {@link ScanWatch}. */
    public record Place(String name, long rows, long admitted, Reads reads) {}

    /**
     * What was read of a place. Each block, a stretch that is stored or cached in one piece, was one read.
     *
     * @param rows     looked at
     * @param requests blocks that the store was asked for
     * @param cached   blocks that the block cache had
     * @param bytes    of all these blocks, as stored
     * @param waited   sum over the reads, of which several may be under way at a time
     * @param asked    sum over the questions to its indexes, with the reads that these waited for
     */
    public record Reads(long rows, long requests, long cached, long bytes, Duration waited, Duration asked) {
        public long blocks() {
            return requests + cached;
        }
    }

    private final Hint hint;
    private final Map<String, PlaceTally> places = new LinkedHashMap<>();
    private final LongAdder visible = new LongAdder();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final PlaceTally all = new PlaceTally();

    ScanTally(Hint hint) {
        this.hint = hint;
    }

    @Override
    public void admitted(String place, long ofPlace, long admittedOfPlace) {
        visible.add(ofPlace);
        admitted.add(admittedOfPlace);
        var tally = place(place);
        if (tally != null) {
            tally.admitted(ofPlace, admittedOfPlace);
        }
    }

    @Override
    public void read(String place, SourceRow row) {
        read(place, 1, row.json().length());
    }

    @Override
    public void leftOut(String place, long count, long size) {
        read(place, count, size);
    }

    private void read(String place, long count, long size) {
        rows.add(count);
        bytes.add(size);
        var tally = place(place);
        if (tally != null) {
            tally.rows(count);
        }
    }

    @Override
    public void blob(String place, BlobReadWatch.Origin origin, int length, Duration waited) {
        all.blob(origin, length, waited);
        var tally = place(place);
        if (tally != null) {
            tally.blob(origin, length, waited);
        }
    }

    @Override
    public void asked(String place, Duration took) {
        all.asked(took);
        var tally = place(place);
        if (tally != null) {
            tally.asked(took);
        }
    }

    /** Null for those beyond the bound, which are in the sums alone. */
    private @Nullable PlaceTally place(String name) {
        synchronized (places) {
            return places.size() < PLACES_MAX ? places.computeIfAbsent(name, _ -> new PlaceTally()) : places.get(name);
        }
    }

    public Hint hint() {
        return hint;
    }

    /** At most 1,000 of them. */
    public List<Place> places() {
        synchronized (places) {
            return places.entrySet().stream()
                    .map(place -> place.getValue().told(place.getKey()))
                    .toList();
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

    /** Of all places. */
    public Reads reads() {
        return all.told("").reads();
    }
}

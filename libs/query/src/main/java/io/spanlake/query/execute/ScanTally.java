package io.spanlake.query.execute;

import io.spanlake.blobstore.BlobReadWatch;
import io.spanlake.query.plan.Hint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

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
        static final Reads NONE = new Reads(0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

        public long blocks() {
            return requests + cached;
        }

        Reads plus(Reads other) {
            return new Reads(
                    rows + other.rows,
                    requests + other.requests,
                    cached + other.cached,
                    bytes + other.bytes,
                    waited.plus(other.waited),
                    asked.plus(other.asked));
        }
    }

    private final Hint hint;
    private final Map<String, PlaceTally> places = new ConcurrentHashMap<>();
    /** Names of places as they came. */
    private final List<String> names = new ArrayList<>();
    /** Of places beyond the bound, which are in the sums alone. */
    private final PlaceTally others = new PlaceTally();

    private final LongAdder jsonBytes = new LongAdder();

    ScanTally(Hint hint) {
        this.hint = hint;
    }

    @Override
    public void admitted(String place, long ofPlace, long admittedOfPlace) {
        place(place).admitted(ofPlace, admittedOfPlace);
    }

    @Override
    public void read(String place, SourceRow row) {
        leftOut(place, 1, row.json().length());
    }

    @Override
    public void leftOut(String place, long count, long size) {
        place(place).rows(count);
        jsonBytes.add(size);
    }

    @Override
    public void blob(String place, BlobReadWatch.Origin origin, int length, Duration waited) {
        place(place).blob(origin, length, waited);
    }

    @Override
    public void asked(String place, Duration took) {
        place(place).asked(took);
    }

    /** Told of each row: who is known is found without a lock. */
    private PlaceTally place(String name) {
        var known = places.get(name);
        return known == null ? entered(name) : known;
    }

    private PlaceTally entered(String name) {
        synchronized (names) {
            if (names.size() == PLACES_MAX) {
                return places.getOrDefault(name, others);
            }
            return places.computeIfAbsent(name, fresh -> {
                names.add(fresh);
                return new PlaceTally();
            });
        }
    }

    public Hint hint() {
        return hint;
    }

    /** At most 1,000 of them. */
    public List<Place> places() {
        synchronized (names) {
            return names.stream()
                    .map(name -> places.getOrDefault(name, others).told(name))
                    .toList();
        }
    }

    private Stream<Place> all() {
        return Stream.concat(places().stream(), Stream.of(others.told("others")));
    }

    /** Rows of the objects in this snapshot. */
    public long rowsVisible() {
        return all().mapToLong(Place::rows).sum();
    }

    public long rowsAdmitted() {
        return all().mapToLong(Place::admitted).sum();
    }

    public long rowsRead() {
        return all().mapToLong(place -> place.reads().rows()).sum();
    }

    /** JSON of the rows that were read. */
    public long bytesRead() {
        return jsonBytes.sum();
    }

    /** Of all places. */
    public Reads reads() {
        return all().map(Place::reads).reduce(Reads.NONE, Reads::plus);
    }
}

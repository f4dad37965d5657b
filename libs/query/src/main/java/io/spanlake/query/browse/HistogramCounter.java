package io.spanlake.query.browse;

import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import java.time.Instant;
import java.util.TreeMap;

/** Counts rows in buckets of time that grow as the time they cover does. One thread at a time. */
final class HistogramCounter {
    /** Each a multiple of the one before. */
    private static final long[] STEPS = {1, 10, 60, 300, 1_800, 3_600, 21_600, 86_400, 604_800, 4_233_600};

    /** Held while counting; those of the answer are fewer. */
    private static final int BUCKETS_MAX = 10_000;

    private record Count(long rows, long errors) {
        Count plus(Count other) {
            return new Count(rows + other.rows, errors + other.errors);
        }
    }

    private TreeMap<Long, Count> counts = new TreeMap<>();
    private int step;
    private long without;

    /** @param seconds of a bucket at least */
    HistogramCounter(long seconds) {
        while (STEPS[step] < seconds && step + 1 < STEPS.length) {
            step++;
        }
    }

    void add(Value created, boolean error) {
        add(created, 1, error ? 1 : 0);
    }

    /** Rows that were created about then. */
    void add(Value created, long rows, long errors) {
        if (!(Times.of(created) instanceof TimeValue time)) {
            without += rows;
            return;
        }
        long bucket = Math.floorDiv(time.instant().getEpochSecond(), STEPS[step]);
        counts.merge(bucket, new Count(rows, errors), Count::plus);
        if (counts.size() > BUCKETS_MAX && step + 1 < STEPS.length) {
            widen();
        }
    }

    private void widen() {
        long factor = STEPS[step + 1] / STEPS[step];
        var wider = new TreeMap<Long, Count>();
        counts.forEach((bucket, count) -> wider.merge(Math.floorDiv(bucket, factor), count, Count::plus));
        counts = wider;
        step++;
    }

    /** @param bucketsMax from the first to the last, with those that are empty; more where a bucket would be longer than seven weeks */
    Histogram histogram(int bucketsMax) {
        while (step + 1 < STEPS.length && !counts.isEmpty() && counts.lastKey() - counts.firstKey() >= bucketsMax) {
            widen();
        }
        long seconds = STEPS[step];
        var buckets = counts.entrySet().stream()
                .map(entry -> new Histogram.Bucket(
                        Instant.ofEpochSecond(entry.getKey() * seconds),
                        entry.getValue().rows,
                        entry.getValue().errors))
                .toList();
        return new Histogram(seconds, buckets, without);
    }
}

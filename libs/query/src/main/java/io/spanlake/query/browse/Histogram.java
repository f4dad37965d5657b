package io.spanlake.query.browse;

import java.time.Instant;
import java.util.List;

/**
 * Rows over time, by {@code created}.
 *
 * @param bucketSeconds how long a bucket is; buckets begin at multiples of it since 1970
 * @param buckets       those that have rows, oldest first
 * @param without       rows whose {@code created} is no time
 */
public record Histogram(long bucketSeconds, List<Bucket> buckets, long without) {
    public Histogram {
        buckets = List.copyOf(buckets);
    }

    /** @param errors rows that failed */
    public record Bucket(Instant from, long rows, long errors) {}
}

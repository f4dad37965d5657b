package io.spanlake.query.browse;

import java.time.Duration;

/**
 * What one read may take.
 *
 * @param fewRows  that are looked at one by one before the engine is asked, which answers of columns
 * @param rows     that are looked at one by one where the engine did not come to its end; newest first, so that an answer that
 *                 is not exact speaks of the newest
 * @param time     of the engine, and again for looking at rows one by one
 * @param bytes    of a page of a list
 * @param heapBytes of the engine
 */
public record BrowseLimits(long fewRows, long rows, Duration time, long bytes, long heapBytes) {
    public BrowseLimits {
        if (fewRows < 1 || rows < 1 || bytes < 1 || heapBytes < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("%d and %d rows, %d and %d bytes, %s: all are more than nothing"
                    .formatted(fewRows, rows, bytes, heapBytes, time));
        }
    }

    Work.WorkLimits few() {
        return new Work.WorkLimits(Math.min(fewRows, rows), time);
    }

    Work.WorkLimits work() {
        return new Work.WorkLimits(rows, time);
    }
}

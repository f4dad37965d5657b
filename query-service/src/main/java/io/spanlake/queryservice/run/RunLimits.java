package io.spanlake.queryservice.run;

import java.time.Duration;

/**
 * What one query may take.
 *
 * @param memoryBytes heap for sorts, groups and traces
 * @param time        from its start to its last row
 * @param strictWait  of it for the write-ahead log
 * @param rowsMax     rows of a page
 * @param pageBytes   bytes of a page
 */
public record RunLimits(long memoryBytes, Duration time, Duration strictWait, long rowsMax, long pageBytes) {
    /** The same with more time. */
    public RunLimits within(Duration longer) {
        return new RunLimits(memoryBytes, longer, strictWait, rowsMax, pageBytes);
    }
}

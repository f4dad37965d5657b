package io.spanlake.wal.receive;

import io.spanlake.model.ByteSlice;
import java.time.Instant;

/**
 * A record as it lies in Kafka.
 *
 * @param appendTimeMs when the broker appended it, by the broker's clock, milliseconds since the epoch
 */
public record LogRecord(long offset, long appendTimeMs, ByteSlice value) {
    /** What a record costs in memory beside its value. */
    private static final long OVERHEAD_BYTES = 256L;

    public Instant appendTime() {
        return Instant.ofEpochMilli(appendTimeMs);
    }

    /** What it counts in the buffer, in bytes. */
    public long bytes() {
        return value.length() + OVERHEAD_BYTES;
    }
}

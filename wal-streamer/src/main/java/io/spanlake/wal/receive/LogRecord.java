package io.spanlake.wal.receive;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.wal.WritesRecord;
import java.time.Instant;

/**
 * A record as it lies in Kafka.
 *
 * @param appendTimeMs when the broker appended it, by the broker's clock, milliseconds since the epoch
 */
public record LogRecord(long offset, long appendTimeMs, ByteSlice value) {
    /** What a record costs in memory beside its value. */
    private static final long OVERHEAD_BYTES = 256L;

    /**
     * A block of so many bytes of rows is stored as it came. Smaller ones are inflated and joined: alone they compress
     * badly, and a read pays for each.
     */
    public static final int COPIED_FROM_BYTES = 64 << 10;

    public Instant appendTime() {
        return Instant.ofEpochMilli(appendTimeMs);
    }

    /** What it counts in the buffer, in bytes: a block that is copied stays as small as it came. */
    public long bytes() {
        int rows = rowBytes();
        return (rows < COPIED_FROM_BYTES ? rows : value.length()) + OVERHEAD_BYTES;
    }

    /** Of its rows, before compression. */
    public int rowBytes() {
        return WritesRecord.rowBytes(value);
    }
}

package io.spanlake.wal.receive;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes in memory over all partitions, and who has to wait for room. A partition may have half of them, so that a hot one
 * never keeps the others out. Thread-safe, never blocks.
 */
final class Buffer {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    Buffer(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void add(long more) {
        bytes.addAndGet(more);
    }

    void remove(long less) {
        bytes.addAndGet(-less);
    }

    long bytes() {
        return bytes.get();
    }

    /**
     * Whether a partition has to wait. One that waits already does so until a quarter is free, so that Kafka is not paused
     * and resumed with every record.
     */
    boolean mustWait(long partitionBytes, boolean waits) {
        double part = waits ? 0.75 : 1;
        return bytes.get() >= bytesMax * part || partitionBytes >= bytesMax * part / 2;
    }
}

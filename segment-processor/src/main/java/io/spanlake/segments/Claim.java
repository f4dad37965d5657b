package io.spanlake.segments;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Our right to move the processed offset of one partition on, from the claim in the catalog until it is lost. A lost claim
 * never comes back: the partition is claimed anew, which gives another claim.
 *
 * <p>Thread-safe. Two claims are equal only where they are the same.
 */
public final class Claim {
    private final int partition;
    private final long epoch;
    private final AtomicBoolean lost = new AtomicBoolean();

    public Claim(int partition, long epoch) {
        this.partition = partition;
        this.epoch = epoch;
    }

    public int partition() {
        return partition;
    }

    public long epoch() {
        return epoch;
    }

    /** False for ever once the catalog refused us, an outcome is not known, or Kafka gave the partition to someone else. */
    public boolean held() {
        return !lost.get();
    }

    public void lose() {
        lost.set(true);
    }

    @Override
    public String toString() {
        return "partition %d (epoch %d)".formatted(partition, epoch);
    }
}

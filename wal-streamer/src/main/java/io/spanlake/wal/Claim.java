package io.spanlake.wal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Our right to move one partition on, from the claim in the catalog until it is lost. A lost claim never comes back:
 * what was read under it is dropped, and the partition is claimed anew, which gives another claim.
 *
 * <p>Thread-safe. Two claims are equal only where they are the same.
 */
public final class Claim {
    private final int partition;
    private final int incarnation;
    private final long epoch;
    private final Consumer<Claim> onLost;
    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param onLost told once, on whichever thread finds out; never blocks */
    public Claim(int partition, int incarnation, long epoch, Consumer<Claim> onLost) {
        this.partition = partition;
        this.incarnation = incarnation;
        this.epoch = epoch;
        this.onLost = onLost;
    }

    public int partition() {
        return partition;
    }

    public int incarnation() {
        return incarnation;
    }

    public long epoch() {
        return epoch;
    }

    /** False for ever once the catalog refused us, a range of it failed, or Kafka gave the partition to someone else. */
    public boolean held() {
        return !lost.get();
    }

    public void lose() {
        if (lost.compareAndSet(false, true)) {
            onLost.accept(this);
        }
    }

    @Override
    public String toString() {
        return "partition %d (incarnation %d, epoch %d)".formatted(partition, incarnation, epoch);
    }
}

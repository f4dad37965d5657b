package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.load.VisibilityProbe;
import io.spanlake.benchmarks.replay.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Follows rows of a running load until they are visible: whenever a probe is free it takes the latest acknowledged one. */
final class VisibilityProbes {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private record Acknowledged(String rowId, long at) {}

    private final AtomicReference<@Nullable Acknowledged> latest = new AtomicReference<>();
    private final List<VisibilityProbe> probes;
    private final List<Thread> threads;
    private volatile boolean ending;

    VisibilityProbes(SpanlakeClient client, String path, Duration poll, int count) {
        probes = IntStream.range(0, count)
                .mapToObj(i -> new VisibilityProbe(client, path, poll))
                .toList();
        threads = probes.stream()
                .map(probe -> Thread.ofPlatform().name("probe").start(() -> follow(probe)))
                .toList();
    }

    /** Never blocks. */
    void offer(Request request) {
        int row = request.firstNewRow();
        if (row >= 0) {
            latest.set(new Acknowledged(request.rowId(row), System.nanoTime()));
        }
    }

    /** All that the probes saw, once each has finished its last row. */
    VisibilityProbe finish() {
        ending = true;
        threads.forEach(VisibilityProbes::join);
        probes.stream().skip(1).forEach(probes.getFirst()::add);
        return probes.getFirst();
    }

    private void follow(VisibilityProbe probe) {
        while (!ending) {
            var next = latest.getAndSet(null);
            if (next == null) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            } else {
                probe.await(next.rowId, next.at);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

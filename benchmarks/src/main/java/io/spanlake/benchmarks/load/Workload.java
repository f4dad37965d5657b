package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Hands out requests one after another, again and again, each time under ids that were never used. Thread-safe. */
public final class Workload {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final List<Request> requests;
    private final int run;
    private int next;
    private int pass;

    /** @param run tells apart workloads that go to the same project */
    public Workload(List<Request> requests, int run) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("no requests to send");
        }
        this.requests = List.copyOf(requests);
        this.run = run;
    }

    /**
     * Claimed already: release it when it was answered. Waits where all requests are under way, so a server that stalls
     * makes a schedule late and does not end it: blocks, not for an event loop.
     */
    public Request await() {
        while (true) {
            var request = free();
            if (request.isPresent()) {
                return request.get();
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** The same, where fewer are under way than there are: never blocks. */
    public Request next() {
        return free().orElseThrow(() -> new IllegalStateException("all %d requests are under way".formatted(count())));
    }

    private synchronized Optional<Request> free() {
        for (int tries = 0; tries <= requests.size(); tries++) {
            if (next == requests.size()) {
                next = 0;
                pass++;
            }
            var request = requests.get(next++);
            if (request.claim(run, pass)) {
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    /** How many requests there are, and so how many can be under way. */
    public int count() {
        return requests.size();
    }

    public long rowBytesPerRequest() {
        return requests.stream().mapToLong(Request::rowBytes).sum() / requests.size();
    }
}

package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.Request;
import java.util.List;

/** Hands out requests one after another, again and again, each time under ids that were never used. Thread-safe. */
public final class Workload {
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

    /** Claimed already: release it when it was answered. */
    public synchronized Request next() {
        for (int tries = 0; tries <= requests.size(); tries++) {
            if (next == requests.size()) {
                next = 0;
                pass++;
            }
            var request = requests.get(next++);
            if (request.claim(run, pass)) {
                return request;
            }
        }
        throw new IllegalStateException(
                "all %d requests wait for an answer: replay more traces".formatted(requests.size()));
    }

    public long rowBytesPerRequest() {
        return requests.stream().mapToLong(Request::rowBytes).sum() / requests.size();
    }

    public List<Request> requests() {
        return requests;
    }
}

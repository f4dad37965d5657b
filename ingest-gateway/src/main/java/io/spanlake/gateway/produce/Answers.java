package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.Held;
import reactor.core.publisher.MonoSink;

/** What Kafka says of the parcels of a group, on whichever of its threads. The first failure is told at once. */
final class Answers {
    private final Held held;
    private final MonoSink<Boolean> sink;
    private int left;
    private boolean allCount = true;

    /** @param held given back when all parcels have an answer */
    Answers(int parcels, Held held, MonoSink<Boolean> sink) {
        this.left = parcels;
        this.held = held;
        this.sink = sink;
    }

    /** @param counts whether it was appended in time */
    void acknowledged(boolean counts) {
        if (isLast(counts)) {
            held.release();
            // Says nothing where a failure was told before.
            sink.success(allCount);
        }
    }

    void failed(Throwable failure) {
        if (isLast(false)) {
            held.release();
        }
        sink.error(failure);
    }

    private synchronized boolean isLast(boolean counts) {
        allCount &= counts;
        left--;
        return left == 0;
    }
}

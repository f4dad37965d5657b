package io.spanlake.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Events in the order of their times, and of two at one time in the order in which they were set. Not thread-safe. */
public final class SimTime {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private record Event(long nanos, long order, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::order));
    private long now;
    private long set;

    public void after(Duration delay, Runnable task) {
        at(now + Math.max(0, delay.toNanos()), task);
    }

    void at(long nanos, Runnable task) {
        events.add(new Event(Math.max(now, nanos), set++, task));
    }

    /** Runs the next event. False where there is none. */
    public boolean runNext() {
        var event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.nanos;
        event.task.run();
        return true;
    }

    /** Since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    long nanos() {
        return now;
    }

    public Instant now() {
        return BEGIN.plusNanos(now);
    }

    public InstantSource clock() {
        return this::now;
    }
}

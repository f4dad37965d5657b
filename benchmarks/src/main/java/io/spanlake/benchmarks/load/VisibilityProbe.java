package io.spanlake.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From acknowledgement to visible, seen from outside: asks for a row again and again until it is there. Not thread-safe;
 * blocks its caller.
 */
public final class VisibilityProbe {
    private static final Duration GIVE_UP = Duration.ofSeconds(30);

    private final SpanlakeClient client;
    private final String path;
    private final Duration poll;
    private final Histogram micros = new Histogram(GIVE_UP.toNanos() / 1000, 3);
    private int missing;

    /**
     * @param path of an object's rows, {@code /ui/objects/{type}/{id}/rows/}
     * @param poll between an answer and the next question: what is measured is late by up to this and one answer
     */
    public VisibilityProbe(SpanlakeClient client, String path, Duration poll) {
        this.client = client;
        this.path = path;
        this.poll = poll;
    }

    /** @param acknowledgedAt by {@code System.nanoTime} */
    public void await(String rowId, long acknowledgedAt) {
        while (System.nanoTime() - acknowledgedAt < GIVE_UP.toNanos()) {
            var answer = client.get(path + rowId).block(GIVE_UP);
            long now = System.nanoTime();
            if (answer != null && answer.isTaken()) {
                micros.recordValue(Math.max(0, (now - acknowledgedAt) / 1000));
                return;
            }
            LockSupport.parkNanos(poll.toNanos());
        }
        missing++;
    }

    /** Takes over what another probe saw. */
    public void add(VisibilityProbe other) {
        micros.add(other.micros);
        missing += other.missing;
    }

    public long count() {
        return micros.getTotalCount();
    }

    /** Rows that did not appear within 30 s. */
    public int missing() {
        return missing;
    }

    public double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}

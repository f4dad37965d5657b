package io.spanlake.segments.wake;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One life of a task of the Streams application: task <i>i</i> is partition <i>i</i>, and a partition that goes and comes
 * back is another task. Thread-safe, never blocks. Two tasks are equal only where they are the same.
 */
public final class Task {
    private final int partition;
    private final AtomicBoolean woken = new AtomicBoolean(true);
    private volatile boolean ended;

    Task(int partition) {
        this.partition = partition;
    }

    public int partition() {
        return partition;
    }

    /** Whether an event came since the last time this was asked; true the first time. */
    public boolean takeWoken() {
        return woken.getAndSet(false);
    }

    /** The partition is not ours any more, or is ours again as another task. */
    public boolean ended() {
        return ended;
    }

    /** An event came. */
    public void wake() {
        woken.set(true);
    }

    void end() {
        ended = true;
    }
}

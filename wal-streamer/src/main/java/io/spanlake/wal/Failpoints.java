package io.spanlake.wal;

/** What a test lets happen between two steps: die, or sleep. One per streamer, {@link #NONE} in production. */
@FunctionalInterface
public interface Failpoints {
    Failpoints NONE = step -> {};

    /** Called on the thread that carries the flush; what it throws ends the run. */
    void reached(FlushStep step);
}

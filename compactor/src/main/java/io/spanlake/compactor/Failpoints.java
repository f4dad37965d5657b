package io.spanlake.compactor;

/** What a test lets happen between two steps: die, or sleep. One per compactor, {@link #NONE} in production. */
@FunctionalInterface
public interface Failpoints {
    Failpoints NONE = step -> {};

    /** Called on the thread that carries the job; what it throws ends the job. */
    void reached(CompactionStep step);
}

package io.spanlake.segments;

/** What a test lets happen between two steps: die, or sleep. One per processor, {@link #NONE} in production. */
@FunctionalInterface
public interface Failpoints {
    Failpoints NONE = step -> {};

    /** Called on the thread that carries the cut; what it throws ends the run. */
    void reached(CutStep step);
}

package io.spanlake.gateway;

/** Where a test lets a gateway die. One an instance, never shared. */
@FunctionalInterface
public interface Failpoints {
    Failpoints NONE = step -> {};

    /** Throws where the process is to die at this step. */
    void reach(IngestStep step);
}

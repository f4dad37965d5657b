package io.spanlake.catalog.parts;

/** What became of a swap. */
public sealed interface SwapOutcome {
    /**
     * It counts.
     *
     * @param version of the object, since then
     */
    record Published(long version) implements SwapOutcome {}

    /**
     * Something was published since the snapshot that it was planned on, and nothing of it counts: an input may be gone,
     * an id may stand in a part that it does not know. Take a snapshot, check again, and try again under the new version.
     *
     * @param version of the object, now
     */
    record Outdated(long version) implements SwapOutcome {}
}

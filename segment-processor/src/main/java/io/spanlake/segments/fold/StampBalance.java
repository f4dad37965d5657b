package io.spanlake.segments.fold;

/**
 * Sums over stamps of one partition's cut.
 *
 * @param in     of the writes that the log lists
 * @param live   of the states that are written
 * @param folded of the writes that no state remembers
 */
public record StampBalance(long in, long live, long folded) {
    static final StampBalance NONE = new StampBalance(0, 0, 0);

    StampBalance plus(StampBalance other) {
        return new StampBalance(in + other.in, live + other.live, folded + other.folded);
    }

    boolean holds() {
        return in == live + folded;
    }
}

package io.spanlake.catalog;

/** A place in a partition's log. A later incarnation is after every offset of an earlier one. */
public record LogOffset(int incarnation, long offset) implements Comparable<LogOffset> {
    @Override
    public int compareTo(LogOffset other) {
        int byIncarnation = Integer.compare(incarnation, other.incarnation);
        return byIncarnation != 0 ? byIncarnation : Long.compare(offset, other.offset);
    }
}

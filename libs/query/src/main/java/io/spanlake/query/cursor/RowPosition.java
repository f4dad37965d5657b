package io.spanlake.query.cursor;

/**
 * A place in the order of an object's rows: the pagination number of a row's first write, and, where two rows were given
 * the same one, a hash of the row id. The same on every node, and not moved by later merges.
 *
 * @param key unsigned, see {@code Stamp.paginationNumber}
 * @param tie unsigned, {@code Placement.hash} of the row id
 */
public record RowPosition(long key, long tie) implements Comparable<RowPosition> {
    @Override
    public int compareTo(RowPosition other) {
        int byKey = Long.compareUnsigned(key, other.key);
        return byKey != 0 ? byKey : Long.compareUnsigned(tie, other.tie);
    }
}

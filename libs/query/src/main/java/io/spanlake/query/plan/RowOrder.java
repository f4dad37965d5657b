package io.spanlake.query.plan;

/**
 * Where a row stands in the order of first writes: the same on every node, over every layout, whatever is merged later.
 *
 * @param key    pagination number, unsigned
 * @param tie    hash of the row id, unsigned
 * @param object hash of the object, unsigned
 */
public record RowOrder(long key, long tie, long object) implements Comparable<RowOrder> {
    public static final RowOrder FIRST = new RowOrder(0, 0, 0);

    @Override
    public int compareTo(RowOrder other) {
        int byKey = Long.compareUnsigned(key, other.key);
        int byTie = byKey != 0 ? byKey : Long.compareUnsigned(tie, other.tie);
        return byTie != 0 ? byTie : Long.compareUnsigned(object, other.object);
    }
}

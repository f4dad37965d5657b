package io.spanlake.query.column;

/** The smallest and the largest number of each few thousand rows of a column. Immutable. */
final class BlockBounds {
    static final int ROWS = 4_096;
    private static final long NULL = Long.MIN_VALUE;

    private final long[] smallest;
    private final long[] largest;

    private BlockBounds(long[] smallest, long[] largest) {
        this.smallest = smallest;
        this.largest = largest;
    }

    static BlockBounds of(long[] numbers) {
        int blocks = (numbers.length + ROWS - 1) / ROWS;
        var smallest = new long[blocks];
        var largest = new long[blocks];
        for (int block = 0; block < blocks; block++) {
            long low = Long.MAX_VALUE;
            long high = NULL;
            for (int row = block * ROWS; row < Math.min((block + 1) * ROWS, numbers.length); row++) {
                if (numbers[row] != NULL) {
                    low = Math.min(low, numbers[row]);
                    high = Math.max(high, numbers[row]);
                }
            }
            smallest[block] = low == Long.MAX_VALUE ? 0 : low;
            largest[block] = high == NULL ? 0 : high;
        }
        return new BlockBounds(smallest, largest);
    }

    /** The number of the block that comes first. */
    long nearest(int block, boolean descending) {
        return descending ? largest[block] : smallest[block];
    }

    long bytes() {
        return 16L * smallest.length;
    }
}

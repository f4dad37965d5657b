package io.spanlake.storage.part.lucene;

import java.util.Arrays;

/**
 * Puts strings in the order of their bytes, unsigned. Terms begin alike for long, so eight bytes are looked at at once.
 *
 * <ol>
 *   <li>Of a range of strings that are the same up to a depth, the next eight bytes of each are its key; zeros follow its end.
 *   <li>A small range is sorted by insertion, a larger one byte by byte from the last of the eight, but for bytes that all have
 *       in common.
 *   <li>Strings with one key are a range of the depth below. Those that have ended are the beginning of all others of it, so
 *       they go first, the shortest before all.
 * </ol>
 *
 * Not thread-safe.
 */
final class StringOrder {
    private static final int SMALL = 32;
    private static final int BYTE_VALUES = 1 << Byte.SIZE;
    private static final int RANGE_INTS = 3;

    private final BytesTable strings;
    private int[] order;
    private long[] keys;
    private int[] otherOrder;
    private long[] otherKeys;
    private final int[] counts = new int[BYTE_VALUES];

    /** Ranges that are not in order yet: first, next, and depth of each. */
    private int[] pending = new int[RANGE_INTS << 6];

    private int pendingCount;

    private StringOrder(BytesTable strings) {
        this.strings = strings;
        order = new int[strings.count()];
        keys = new long[order.length];
        otherOrder = new int[order.length];
        otherKeys = new long[order.length];
        Arrays.setAll(order, i -> i);
    }

    /** The numbers of all strings of the table. */
    static int[] of(BytesTable strings) {
        var sorter = new StringOrder(strings);
        sorter.push(0, strings.count(), 0);
        while (sorter.pendingCount > 0) {
            sorter.pendingCount -= RANGE_INTS;
            int[] range = sorter.pending;
            int at = sorter.pendingCount;
            sorter.sort(range[at], range[at + 1], range[at + 2]);
        }
        return sorter.order;
    }

    private void push(int first, int next, int depth) {
        if (next - first < 2) {
            return;
        }
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, 2 * pendingCount);
        }
        pending[pendingCount] = first;
        pending[pendingCount + 1] = next;
        pending[pendingCount + 2] = depth;
        pendingCount += RANGE_INTS;
    }

    private void sort(int first, int next, int depth) {
        long differing = 0;
        long common = strings.eightBytes(order[first], depth);
        for (int i = first; i < next; i++) {
            keys[i] = strings.eightBytes(order[i], depth);
            differing |= keys[i] ^ common;
        }
        if (differing != 0) {
            if (next - first <= SMALL) {
                insert(first, next);
            } else {
                byBytes(first, next, differing);
            }
        }
        int begin = first;
        for (int i = first + 1; i <= next; i++) {
            if (i == next || keys[i] != keys[begin]) {
                if (i - begin > 1) {
                    push(begin + endedFirst(begin, i, depth + Long.BYTES), i, depth + Long.BYTES);
                }
                begin = i;
            }
        }
    }

    private void insert(int first, int next) {
        for (int i = first + 1; i < next; i++) {
            long key = keys[i];
            int string = order[i];
            int to = i;
            while (to > first && Long.compareUnsigned(keys[to - 1], key) > 0) {
                keys[to] = keys[to - 1];
                order[to] = order[to - 1];
                to--;
            }
            keys[to] = key;
            order[to] = string;
        }
    }

    /** Of equal ones each pass keeps the order, so that the last pass has the last word. */
    private void byBytes(int first, int next, long differing) {
        int passes = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if ((differing >>> shift & 0xFF) != 0) {
                pass(first, next, shift);
                passes++;
            }
        }
        if (passes % 2 == 1) {
            System.arraycopy(order, first, otherOrder, first, next - first);
            System.arraycopy(keys, first, otherKeys, first, next - first);
            swapArrays();
        }
    }

    private void pass(int first, int next, int shift) {
        long[] fromKeys = keys;
        long[] toKeys = otherKeys;
        int[] fromOrder = order;
        int[] toOrder = otherOrder;
        int[] places = counts;
        Arrays.fill(places, 0);
        for (int i = first; i < next; i++) {
            places[(int) (fromKeys[i] >>> shift) & 0xFF]++;
        }
        int place = first;
        for (int value = 0; value < BYTE_VALUES; value++) {
            int count = places[value];
            places[value] = place;
            place += count;
        }
        for (int i = first; i < next; i++) {
            int to = places[(int) (fromKeys[i] >>> shift) & 0xFF]++;
            toKeys[to] = fromKeys[i];
            toOrder[to] = fromOrder[i];
        }
        swapArrays();
    }

    /** The range is in the other arrays; whoever is done has all ranges in these. */
    private void swapArrays() {
        var someKeys = keys;
        keys = otherKeys;
        otherKeys = someKeys;
        var someOrder = order;
        order = otherOrder;
        otherOrder = someOrder;
    }

    /** Returns how many there are. Of each length there is one at most: they have one key, and are not the same. */
    private int endedFirst(int first, int next, int depth) {
        int ended = 0;
        for (int i = first; i < next; i++) {
            int string = order[i];
            if (strings.length(string) < depth) {
                int to = first + ended;
                order[i] = order[to];
                while (to > first && strings.length(order[to - 1]) > strings.length(string)) {
                    order[to] = order[to - 1];
                    to--;
                }
                order[to] = string;
                ended++;
            }
        }
        return ended;
    }
}

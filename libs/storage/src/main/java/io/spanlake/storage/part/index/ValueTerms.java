package io.spanlake.storage.part.index;

import java.util.Arrays;

/**
 * Which term a text is at a path: what was put together once is found by two numbers when it comes again. Most texts stand at one
 * path only, and are found by their number alone. Forgets where it is full. Not thread-safe.
 */
final class ValueTerms {
    static final int UNKNOWN = -1;
    private static final int PLACES_MAX = 1 << 20;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private static final int FIRSTS_MAX = 1 << 19;

    /** Of each text the path where it was first, and its term there; 0 where it was nowhere, as no path is. */
    private long[] firsts = new long[1 << 12];

    /** Of texts at further paths. */
    private long[] keys = new long[1 << 12];

    private int[] terms = new int[1 << 12];
    private int count;

    /**
     * @param path from 1
     * @param text from 0
     */
    int get(int path, int text) {
        if (text < FIRSTS_MAX) {
            long first = text < firsts.length ? firsts[text] : 0;
            if (first == 0) {
                return UNKNOWN;
            }
            if (first >>> Integer.SIZE == path) {
                return (int) first;
            }
        }
        long key = key(path, text);
        int place = place(key);
        return keys[place] == key ? terms[place] : UNKNOWN;
    }

    void put(int path, int text, int term) {
        if (text < FIRSTS_MAX) {
            if (text >= firsts.length) {
                firsts = Arrays.copyOf(firsts, Integer.highestOneBit(text) << 1);
            }
            if (firsts[text] == 0) {
                firsts[text] = (long) path << Integer.SIZE | term;
                return;
            }
        }
        if (2 * count >= keys.length) {
            if (keys.length >= PLACES_MAX) {
                forget();
            } else {
                grow();
            }
        }
        long key = key(path, text);
        int place = place(key);
        count += keys[place] == 0 ? 1 : 0;
        keys[place] = key;
        terms[place] = term;
    }

    void clear() {
        Arrays.fill(firsts, 0);
        forget();
    }

    private void forget() {
        Arrays.fill(keys, 0);
        count = 0;
    }

    private void grow() {
        var oldKeys = keys;
        var oldTerms = terms;
        keys = new long[2 * oldKeys.length];
        terms = new int[2 * oldKeys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                terms[place] = oldTerms[old];
            }
        }
    }

    /** Never 0, which says that a place is free. */
    private static long key(int path, int text) {
        return ((long) path << 32) | (text + 1);
    }

    private int place(long key) {
        long mixed = key * ODD;
        int mask = keys.length - 1;
        int place = (int) (mixed ^ (mixed >>> 32)) & mask;
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }
}

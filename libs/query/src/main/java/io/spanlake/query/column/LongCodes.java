package io.spanlake.query.column;

import java.util.Arrays;

/**
 * Small numbers by large ones. Those that are near the first one, as hours are of some years, are found by their distance from it; others
 * by hash. Not thread-safe.
 */
public final class LongCodes {
    private static final int NEAR = 1 << 15;

    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys = new long[64];
    private int[] codes = new int[64];
    private int count;
    /** Of the keys from the first near one on: one more than the code, 0 where there is none. Empty before the first key. */
    private int[] near = {};

    private long firstNear;

    public LongCodes() {
        Arrays.fill(codes, -1);
    }

    /** -1 where it is not known. */
    public int get(long key) {
        long distance = key - firstNear;
        return distance >= 0 && distance < near.length ? near[(int) distance] - 1 : codes[place(key)];
    }

    /** @param code at least 0 */
    public void put(long key, int code) {
        if (near.length == 0) {
            near = new int[2 * NEAR];
            firstNear = key < Long.MIN_VALUE + NEAR ? key : key - NEAR;
        }
        long distance = key - firstNear;
        if (distance >= 0 && distance < near.length) {
            near[(int) distance] = code + 1;
        } else {
            putByHash(key, code);
        }
    }

    private void putByHash(long key, int code) {
        if (2 * count >= keys.length) {
            grow();
        }
        int place = place(key);
        count += codes[place] < 0 ? 1 : 0;
        keys[place] = key;
        codes[place] = code;
    }

    private void grow() {
        var oldKeys = keys;
        var oldCodes = codes;
        keys = new long[2 * oldKeys.length];
        codes = new int[2 * oldKeys.length];
        Arrays.fill(codes, -1);
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldCodes[old] >= 0) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                codes[place] = oldCodes[old];
            }
        }
    }

    private int place(long key) {
        long mixed = key * ODD;
        int mask = keys.length - 1;
        int place = (int) (mixed ^ (mixed >>> 32)) & mask;
        while (codes[place] >= 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }
}

package io.spanlake.query.column;

import java.util.Arrays;

/** Small numbers by large ones. Not thread-safe. */
public final class LongCodes {
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys = new long[64];
    private int[] codes = new int[64];
    private int count;

    public LongCodes() {
        Arrays.fill(codes, -1);
    }

    /** -1 where it is not known. */
    public int get(long key) {
        return codes[place(key)];
    }

    /** @param code at least 0 */
    public void put(long key, int code) {
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

package io.spanlake.query.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * Distinct texts as their UTF-8, each with a number: some 50 bytes for an id, where a map of strings takes three times as much. Not
 * thread-safe.
 */
final class NameTable {
    /** Spreads what {@code hashCode} leaves close together: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private byte[] utf8 = new byte[1 << 20];
    /** By number, where the text ends; that of 0, which is none, before all others. */
    private int[] ends = new int[1 << 17];

    private int count = 1;
    /** Numbers, each where its text's hash says or at the next free place; 0 is free. */
    private int[] places = new int[1 << 18];

    /** The text's number, from 1 on: each new one has the next. */
    int number(String text) {
        var name = text.getBytes(StandardCharsets.UTF_8);
        int at = place(name);
        if (places[at] == 0) {
            add(name);
            places[at] = count++;
            int found = places[at];
            if (2 * count > places.length) {
                spread();
            }
            return found;
        }
        return places[at];
    }

    int bytes() {
        return ends[count - 1];
    }

    private int place(byte[] name) {
        int mask = places.length - 1;
        int at = hash(name) & mask;
        while (places[at] != 0 && !isAt(places[at], name)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static int hash(byte[] name) {
        int hash = Arrays.hashCode(name) * SPREAD;
        return hash ^ (hash >>> 15);
    }

    private boolean isAt(int number, byte[] name) {
        return Arrays.equals(utf8, ends[number - 1], ends[number], name, 0, name.length);
    }

    private void add(byte[] name) {
        int end = bytes();
        if (end + name.length > utf8.length) {
            utf8 = Arrays.copyOf(utf8, Math.max(2 * utf8.length, end + name.length));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        System.arraycopy(name, 0, utf8, end, name.length);
        ends[count] = end + name.length;
    }

    private void spread() {
        places = new int[2 * places.length];
        for (int number = 1; number < count; number++) {
            places[place(Arrays.copyOfRange(utf8, ends[number - 1], ends[number]))] = number;
        }
    }

    ColumnVector.Names vector(int[] codes, RoaringBitmap leftOut) {
        return new ColumnVector.Names(codes, Arrays.copyOf(utf8, bytes()), Arrays.copyOf(ends, count), leftOut);
    }
}

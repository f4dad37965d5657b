package io.spanlake.storage.part.lucene;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.BytesRefComparator;
import org.apache.lucene.util.StringSorter;

/** Distinct byte strings, numbered from 0 as they come. Not thread-safe. */
final class BytesTable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final int AT_FIRST = 1 << 10;
    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

    private byte[] bytes = new byte[1 << 14];
    /** Of each string where it begins; the one before it ends there. */
    private int[] first = new int[AT_FIRST + 1];

    private int count;

    /** Hash and number + 1 of each string, so that one look mostly decides; twice as many places as there are strings. */
    private long[] table = new long[2 * AT_FIRST];

    /** The string's number; {@link #count()} before it where it is new. */
    int add(byte[] source, int from, int next) {
        int hash = hash(source, from, next);
        int mask = table.length - 1;
        int slot = hash & mask;
        for (long entry = table[slot]; entry != 0; entry = table[slot]) {
            if ((int) (entry >>> 32) == hash && isAt((int) entry - 1, source, from, next)) {
                return (int) entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = ((long) hash << 32) | (count + 1);
        return keep(source, from, next - from);
    }

    private boolean isAt(int string, byte[] source, int from, int next) {
        return Arrays.equals(bytes, first[string], first[string + 1], source, from, next);
    }

    /** For words, which are short: what is made for long texts takes longer than a word does. */
    private static int hash(byte[] source, int from, int next) {
        long hash = (long) next - from;
        int at = from;
        while (next - at >= Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(source, at));
            at += Long.BYTES;
        }
        long rest = 0;
        while (at < next) {
            rest = (rest << Byte.SIZE) | (source[at++] & 0xFF);
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ (hash >>> 32));
    }

    private static long mixed(long value) {
        long high = Math.multiplyHigh(value, ODD);
        return (value * ODD) ^ high;
    }

    private int keep(byte[] source, int from, int length) {
        int used = first[count];
        long needed = (long) used + length;
        if (needed > bytes.length) {
            if (needed > BYTES_MAX) {
                throw new IllegalStateException("more than %d bytes of terms".formatted(BYTES_MAX));
            }
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, BYTES_MAX)));
        }
        System.arraycopy(source, from, bytes, used, length);
        if (count + 1 == first.length) {
            first = Arrays.copyOf(first, 2 * first.length);
        }
        first[++count] = (int) needed;
        if (2 * count > table.length) {
            spread();
        }
        return count - 1;
    }

    private void spread() {
        var old = table;
        table = new long[2 * old.length];
        int mask = table.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = entry;
            }
        }
    }

    int count() {
        return count;
    }

    /** What it holds in memory. */
    long memoryBytes() {
        return bytes.length + (long) Integer.BYTES * first.length + (long) Long.BYTES * table.length;
    }

    /** Points the target at the string's bytes, which stay here. */
    void get(int string, BytesRef target) {
        target.bytes = bytes;
        target.offset = first[string];
        target.length = first[string + 1] - first[string];
    }

    /** The numbers in the order of the strings' bytes, unsigned. */
    int[] sorted() {
        var order = new int[count];
        Arrays.setAll(order, i -> i);
        new StringSorter(BytesRefComparator.NATURAL) {
            @Override
            protected void get(BytesRefBuilder builder, BytesRef result, int index) {
                BytesTable.this.get(order[index], result);
            }

            @Override
            protected void swap(int a, int b) {
                int kept = order[a];
                order[a] = order[b];
                order[b] = kept;
            }
        }.sort(0, count);
        return order;
    }
}

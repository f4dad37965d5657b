package io.spanlake.storage.part.lucene;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.BytesRefComparator;
import org.apache.lucene.util.StringSorter;

/**
 * Distinct byte strings, numbered from 0 as they come. Their bytes lie in blocks, so that what is there is not copied as more
 * comes; what was allocated stays when it begins anew. Not thread-safe.
 */
final class BytesTable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final int AT_FIRST = 1 << 10;
    private static final int AT_FIRST_BITS = 11;
    private static final int BLOCK_BITS = 20;
    private static final int BLOCK_BYTES = 1 << BLOCK_BITS;
    private static final int BLOCKS_MAX = 1 << (Integer.SIZE - BLOCK_BITS);
    private static final int STRING_BYTES_MAX = Character.MAX_VALUE;
    /** In the arrays beside, which are at least half full. */
    private static final long BYTES_A_STRING = 2 * (Integer.BYTES + Character.BYTES + 2 * Long.BYTES);

    /** The first one grows, so that few strings take little; the others are whole. */
    private final List<byte[]> blocks = new ArrayList<>(List.of(new byte[1 << 14]));

    private int block;
    private int blockUsed;
    /** Of each string its block and where it begins there, and how many bytes it has. */
    private int[] places = new int[AT_FIRST];

    private char[] lengths = new char[AT_FIRST];
    private int count;

    /**
     * Hash and number + 1 of each string, so that one look mostly decides; twice as many places as there are strings. In the
     * order of hashes, so that a larger table is filled from front to back.
     */
    private long[] table = new long[2 * AT_FIRST];

    private int tableBits = AT_FIRST_BITS;

    /** The string's number; {@link #count()} before it where it is new. */
    int add(byte[] source, int from, int next) {
        int hash = hash(source, from, next);
        int mask = table.length - 1;
        int slot = slot(hash);
        for (long entry = table[slot]; entry != 0; entry = table[slot]) {
            if ((int) (entry >>> 32) == hash && isAt((int) entry - 1, source, from, next)) {
                return (int) entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = ((long) hash << 32) | (count + 1);
        return keep(source, from, next - from);
    }

    private int slot(int hash) {
        return hash >>> (Integer.SIZE - tableBits);
    }

    private boolean isAt(int string, byte[] source, int from, int next) {
        int first = places[string] & (BLOCK_BYTES - 1);
        return Arrays.equals(blockOf(string), first, first + lengths[string], source, from, next);
    }

    private byte[] blockOf(int string) {
        return blocks.get(places[string] >>> BLOCK_BITS);
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
        if (length > STRING_BYTES_MAX) {
            throw new IllegalArgumentException("a string of %d bytes".formatted(length));
        }
        var target = blockFor(length);
        System.arraycopy(source, from, target, blockUsed, length);
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        places[count] = (block << BLOCK_BITS) | blockUsed;
        lengths[count] = (char) length;
        blockUsed += length;
        count++;
        if (2 * count > table.length) {
            spread();
        }
        return count - 1;
    }

    /** The block at hand, once it has room for so much more. */
    private byte[] blockFor(int length) {
        int needed = blockUsed + length;
        if (needed > BLOCK_BYTES) {
            if (block + 1 == BLOCKS_MAX) {
                throw new IllegalStateException("more than %d blocks of terms".formatted(BLOCKS_MAX));
            }
            block++;
            blockUsed = 0;
            if (block == blocks.size()) {
                blocks.add(new byte[BLOCK_BYTES]);
            }
        } else if (needed > blocks.get(block).length) {
            int grown = Math.min(Math.max(2 * blocks.get(block).length, needed), BLOCK_BYTES);
            blocks.set(block, Arrays.copyOf(blocks.get(block), grown));
        }
        return blocks.get(block);
    }

    private void spread() {
        var old = table;
        table = new long[2 * old.length];
        tableBits++;
        int mask = table.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = slot((int) (entry >>> 32));
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

    /** Begins anew. */
    void clear() {
        count = 0;
        block = 0;
        blockUsed = 0;
        Arrays.fill(table, 0);
    }

    /** What its strings take in memory. */
    long memoryBytes() {
        return ((long) block << BLOCK_BITS) + blockUsed + count * BYTES_A_STRING;
    }

    /** Points the target at the string's bytes, which stay here. */
    void get(int string, BytesRef target) {
        target.bytes = blockOf(string);
        target.offset = places[string] & (BLOCK_BYTES - 1);
        target.length = lengths[string];
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

package io.spanlake.storage.part.lucene;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Distinct byte strings, numbered from 0 as they come. Their bytes lie in blocks, so that what is there is not copied as more
 * comes; what was allocated stays when it begins anew. Not thread-safe.
 */
final class BytesTable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SORTABLE_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final int AT_FIRST = 1 << 10;
    private static final int AT_FIRST_BITS = 11;
    private static final int BLOCK_BITS = 20;
    private static final int BLOCK_BYTES = 1 << BLOCK_BITS;
    private static final int BLOCKS_MAX = 1 << (Integer.SIZE - BLOCK_BITS);
    private static final int LENGTH_BITS = 16;
    private static final int STRING_BYTES_MAX = (1 << LENGTH_BITS) - 1;
    /** In the arrays beside, which are at least half full. */
    private static final long BYTES_A_STRING = 2 * (Long.BYTES + 2 * Long.BYTES);

    /** The first one grows, so that few strings take little; the others are whole. */
    private byte[][] blocks = {new byte[1 << 14]};

    private int block;
    private int blockUsed;
    /** Of each string its block and where it begins there, and in the lowest bits how many bytes it has: one look for both. */
    private long[] places = new long[AT_FIRST];

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
        int length = next - from;
        long place = places[string];
        return lengthOf(place) == length && SameBytes.of(blockOf(place), firstOf(place), source, from, length);
    }

    private byte[] blockOf(long place) {
        return blocks[(int) (place >>> (BLOCK_BITS + LENGTH_BITS))];
    }

    private static int firstOf(long place) {
        return (int) (place >>> LENGTH_BITS) & (BLOCK_BYTES - 1);
    }

    private static int lengthOf(long place) {
        return (int) place & STRING_BYTES_MAX;
    }

    /** For words, which are short: what is made for long texts takes longer than a word does. */
    private static int hash(byte[] source, int from, int next) {
        long hash = (long) next - from;
        int at = from;
        while (next - at >= Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(source, at));
            at += Long.BYTES;
        }
        hash = mixed(hash ^ SameBytes.rest(source, at, next));
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
        }
        places[count] = ((long) block << BLOCK_BITS | blockUsed) << LENGTH_BITS | length;
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
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, block + 1);
                blocks[block] = new byte[BLOCK_BYTES];
            }
        } else if (needed > blocks[block].length) {
            int grown = Math.min(Math.max(2 * blocks[block].length, needed), BLOCK_BYTES);
            blocks[block] = Arrays.copyOf(blocks[block], grown);
        }
        return blocks[block];
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
        long place = places[string];
        target.bytes = blockOf(place);
        target.offset = firstOf(place);
        target.length = lengthOf(place);
    }

    int length(int string) {
        return lengthOf(places[string]);
    }

    /** The string's bytes from the depth on as one number, the first one highest; zeros where it has no more. */
    long eightBytes(int string, int depth) {
        long place = places[string];
        int left = lengthOf(place) - depth;
        if (left <= 0) {
            return 0;
        }
        var bytes = blockOf(place);
        int at = firstOf(place) + depth;
        if (bytes.length - at >= Long.BYTES) {
            long eight = (long) SORTABLE_LONGS.get(bytes, at);
            return left >= Long.BYTES ? eight : eight & (-1L << (Long.SIZE - Byte.SIZE * left));
        }
        long value = 0;
        for (int i = 0; i < left; i++) {
            value |= (bytes[at + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
        }
        return value;
    }

    /** The numbers in the order of the strings' bytes, unsigned. */
    int[] sorted() {
        return StringOrder.of(this);
    }
}

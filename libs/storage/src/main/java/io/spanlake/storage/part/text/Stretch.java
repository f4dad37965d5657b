package io.spanlake.storage.part.text;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.spanlake.storage.part.lucene.SameBytes;
import java.util.Arrays;

/**
 * The distinct texts of neighbouring rows, and who holds them, until the memory for them is used up. Texts are told apart
 * by their bytes, as they were sent; hashes only find them. Not thread-safe.
 */
final class Stretch {
    private static final Hasher64 HASH = Hashing.wyhashFinal4();
    private static final int TEXTS_AT_FIRST = 1 << 12;

    private final int bytesMax;
    private final int holdersMax;

    private byte[] bytes = new byte[1 << 16];
    private int used;

    /** Of each text: where it begins (and the one before it ends), its hash, whether it has escapes, its last holder. */
    private int[] first = new int[TEXTS_AT_FIRST + 1];

    private long[] hashes = new long[TEXTS_AT_FIRST];
    private boolean[] escaped = new boolean[TEXTS_AT_FIRST];
    private long[] lastHolder = new long[TEXTS_AT_FIRST];
    private int texts;

    /** The upper half of the hash, and text + 1, so that one look mostly decides. */
    private long[] table = new long[2 * TEXTS_AT_FIRST];

    /** Every holder in the order of rows: its text, and its field and ordinal. */
    private int[] holderTexts = new int[TEXTS_AT_FIRST];

    private long[] holderKeys = new long[TEXTS_AT_FIRST];
    private int holders;

    /** Once sorted: where each text's holders begin, and all of them by text. */
    private int[] starts = {};

    private long[] sortedKeys = {};

    /** Of each text the next one with the same holders, -1 after the last; and whether it is the first of those. */
    private int[] nextInGroup = {};

    private boolean[] leads = {};

    /**
     * @param memoryBytes is kept to but for what one row brings
     */
    Stretch(long memoryBytes) {
        bytesMax = Math.clamp(memoryBytes / 2, 1 << 16, 1 << 28);
        holdersMax = Math.clamp(memoryBytes / 2 / (Integer.BYTES + Long.BYTES), 1 << 12, 1 << 26);
    }

    boolean full() {
        return used >= bytesMax || holders >= holdersMax;
    }

    /**
     * @param raw   between the quotes, as it was sent
     * @param guess which text it may be, so that it need not be looked for; -1 where there is none
     * @return the text's number
     */
    int add(byte[] raw, int from, int next, boolean hasEscapes, int field, int ordinal, int guess) {
        int text = guess >= 0 && guess < texts && isText(guess, raw, from, next)
                ? guess
                : find(raw, from, next, hasEscapes);
        long key = Holders.key(field, ordinal);
        if (lastHolder[text] == key) {
            return text;
        }
        lastHolder[text] = key;
        if (holders == holderTexts.length) {
            holderTexts = Arrays.copyOf(holderTexts, 2 * holders);
            holderKeys = Arrays.copyOf(holderKeys, 2 * holders);
        }
        holderTexts[holders] = text;
        holderKeys[holders++] = key;
        return text;
    }

    private int find(byte[] raw, int from, int next, boolean hasEscapes) {
        long hash = HASH.hashBytesToLong(raw, from, next - from);
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        for (long entry = table[slot]; entry != 0; entry = table[slot]) {
            int text = (int) entry - 1;
            if ((entry ^ hash) >>> Integer.SIZE == 0 && isText(text, raw, from, next)) {
                return text;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = entry(hash, texts);
        return keep(raw, from, next, hasEscapes, hash);
    }

    private boolean isText(int text, byte[] raw, int from, int next) {
        int begin = first[text];
        int length = first[text + 1] - begin;
        return length == next - from && SameBytes.of(bytes, begin, raw, from, length);
    }

    private static long entry(long hash, int text) {
        return (hash >>> Integer.SIZE << Integer.SIZE) | (text + 1);
    }

    private int keep(byte[] raw, int from, int next, boolean hasEscapes, long hash) {
        int length = next - from;
        if (bytes.length - used < length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max((long) used + length, Math.min(2L * bytes.length, 1 << 30)));
        }
        System.arraycopy(raw, from, bytes, used, length);
        used += length;
        if (texts == hashes.length) {
            first = Arrays.copyOf(first, 2 * texts + 1);
            hashes = Arrays.copyOf(hashes, 2 * texts);
            escaped = Arrays.copyOf(escaped, 2 * texts);
            lastHolder = Arrays.copyOf(lastHolder, 2 * texts);
        }
        hashes[texts] = hash;
        escaped[texts] = hasEscapes;
        lastHolder[texts] = -1;
        first[++texts] = used;
        if (2 * texts > table.length) {
            spread();
        }
        return texts - 1;
    }

    private void spread() {
        table = new long[2 * table.length];
        int mask = table.length - 1;
        for (int text = 0; text < texts; text++) {
            int slot = (int) hashes[text] & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry(hashes[text], text);
        }
    }

    int texts() {
        return texts;
    }

    byte[] bytes() {
        return bytes;
    }

    int firstByte(int text) {
        return first[text];
    }

    int nextByte(int text) {
        return first[text + 1];
    }

    boolean escaped(int text) {
        return escaped[text];
    }

    /** Puts the holders in order of texts; nothing may be added after it. */
    void sortHolders() {
        starts = new int[texts + 1];
        for (int i = 0; i < holders; i++) {
            starts[holderTexts[i] + 1]++;
        }
        for (int text = 0; text < texts; text++) {
            starts[text + 1] += starts[text];
        }
        var places = Arrays.copyOf(starts, texts);
        sortedKeys = new long[holders];
        for (int i = 0; i < holders; i++) {
            sortedKeys[places[holderTexts[i]]++] = holderKeys[i];
        }
    }

    /** Finds texts with the same holders; they need one document only. After {@link #sortHolders}. */
    void group() {
        nextInGroup = new int[texts];
        leads = new boolean[texts];
        var lasts = new int[texts];
        Arrays.fill(nextInGroup, -1);
        Arrays.fill(table, 0);
        int mask = table.length - 1;
        for (int text = 0; text < texts; text++) {
            int slot = holdersHash(text) & mask;
            while (table[slot] != 0 && !sameHolders((int) table[slot] - 1, text)) {
                slot = (slot + 1) & mask;
            }
            int lead = (int) table[slot] - 1;
            if (lead < 0) {
                table[slot] = text + 1L;
                leads[text] = true;
                lasts[text] = text;
            } else {
                nextInGroup[lasts[lead]] = text;
                lasts[lead] = text;
            }
        }
    }

    private int holdersHash(int text) {
        long hash = 0;
        for (int i = starts[text]; i < starts[text + 1]; i++) {
            hash = (hash ^ sortedKeys[i]) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private boolean sameHolders(int a, int b) {
        return Arrays.equals(sortedKeys, starts[a], starts[a + 1], sortedKeys, starts[b], starts[b + 1]);
    }

    boolean leads(int text) {
        return leads[text];
    }

    int nextInGroup(int text) {
        return nextInGroup[text];
    }

    int holders(int text) {
        return starts[text + 1] - starts[text];
    }

    /** Copies them to the beginning of the target, in order of rows. */
    void copyHolders(int text, long[] target) {
        System.arraycopy(sortedKeys, starts[text], target, 0, holders(text));
    }

    /** Begins anew, and gives back what a large row took. */
    void clear() {
        Arrays.fill(table, 0);
        starts = new int[0];
        sortedKeys = new long[0];
        nextInGroup = new int[0];
        leads = new boolean[0];
        used = 0;
        texts = 0;
        holders = 0;
        if (bytes.length > 2L * bytesMax) {
            bytes = new byte[1 << 16];
        }
        if (hashes.length > 2L * holdersMax) {
            first = new int[TEXTS_AT_FIRST + 1];
            hashes = new long[TEXTS_AT_FIRST];
            escaped = new boolean[TEXTS_AT_FIRST];
            lastHolder = new long[TEXTS_AT_FIRST];
            table = new long[2 * TEXTS_AT_FIRST];
        }
        if (holderTexts.length > 2L * holdersMax) {
            holderTexts = new int[TEXTS_AT_FIRST];
            holderKeys = new long[TEXTS_AT_FIRST];
        }
    }
}

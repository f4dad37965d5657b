package io.spanlake.storage.part.lucene;

import java.util.Arrays;

/** The documents of one term. Not thread-safe. */
final class DocumentList {
    /** Where there are more, most of what is looked through has nothing. */
    private static final int WORDS_A_DOCUMENT_MAX = 2;

    private int[] documents = new int[1 << 10];
    /** All zero between sorts. */
    private long[] bits = {};

    private int count;
    private boolean ascending = true;

    void clear() {
        count = 0;
        ascending = true;
    }

    void add(int document) {
        if (count == documents.length) {
            documents = Arrays.copyOf(documents, 2 * count);
        }
        ascending &= count == 0 || documents[count - 1] < document;
        documents[count++] = document;
    }

    /** In their order. */
    void addAscending(int[] more, int first, int next) {
        int added = next - first;
        if (added == 0) {
            return;
        }
        if (documents.length - count < added) {
            documents = Arrays.copyOf(documents, Math.max(2 * documents.length, count + added));
        }
        ascending &= count == 0 || documents[count - 1] < more[first];
        System.arraycopy(more, first, documents, count, added);
        count += added;
    }

    /** Each of them is there once. */
    void sort() {
        if (ascending) {
            return;
        }
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, documents[i]);
            highest = Math.max(highest, documents[i]);
        }
        int words = ((highest - lowest) >>> 6) + 1;
        if (words <= WORDS_A_DOCUMENT_MAX * count) {
            sortByBits(lowest, words);
        } else {
            Arrays.sort(documents, 0, count);
        }
        ascending = true;
    }

    /** Of terms that many documents have: no document is compared with another. */
    private void sortByBits(int lowest, int words) {
        if (bits.length < words) {
            bits = new long[2 * words];
        }
        for (int i = 0; i < count; i++) {
            int bit = documents[i] - lowest;
            bits[bit >>> 6] |= 1L << bit;
        }
        count = 0;
        for (int word = 0; word < words; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                documents[count++] = lowest + (word << 6) + Long.numberOfTrailingZeros(left);
            }
            bits[word] = 0;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    /** Holds them until the next change. */
    int[] array() {
        return documents;
    }
}

package io.spanlake.storage.part.lucene;

import java.util.Arrays;

/** The documents of one term. Not thread-safe. */
final class DocumentList {
    private int[] documents = new int[1 << 10];
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

    void sort() {
        if (!ascending) {
            Arrays.sort(documents, 0, count);
            ascending = true;
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

package io.spanlake.storage.part.lucene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms of documents in memory. Documents come one by one, so what is kept is each one's terms, four bytes a term; only
 * when all are there it is turned around, into the documents of each term. Not thread-safe.
 */
final class TermPostings {
    private static final int AT_FIRST = 1 << 10;
    private static final int CHUNK_BITS = 15;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private final BytesTable terms = new BytesTable();
    /** Of each term the document that had it last, counted from 1, and how many have it: side by side, for one look. */
    private int[] seen = new int[2 * AT_FIRST];

    /** The terms of one document after the other, and where each document's end. */
    private final List<int[]> listed = new ArrayList<>();

    /** The last one of these. */
    private int[] chunk = {};

    private int listedCount;
    private int[] ends = new int[AT_FIRST];
    private int documents;

    /** Adds a term to the document that is open. Returns its number, by which it can be added again. */
    int add(byte[] bytes, int from, int next) {
        int term = terms.add(bytes, from, next);
        if (2 * term == seen.length) {
            seen = Arrays.copyOf(seen, 4 * term);
        }
        add(term);
        return term;
    }

    void add(int term) {
        if (seen[2 * term] == documents + 1) {
            return;
        }
        seen[2 * term] = documents + 1;
        seen[2 * term + 1]++;
        int at = listedCount++ & CHUNK_MASK;
        if (at == 0) {
            beginChunk();
        }
        chunk[at] = term;
    }

    private void beginChunk() {
        int next = (listedCount - 1) >>> CHUNK_BITS;
        if (next == listed.size()) {
            listed.add(new int[1 << CHUNK_BITS]);
        }
        chunk = listed.get(next);
    }

    void endDocument() {
        if (documents == ends.length) {
            ends = Arrays.copyOf(ends, 2 * documents);
        }
        ends[documents++] = listedCount;
    }

    int documents() {
        return documents;
    }

    boolean isEmpty() {
        return terms.count() == 0;
    }

    /** Begins anew. */
    void clear() {
        Arrays.fill(seen, 0, 2 * terms.count(), 0);
        terms.clear();
        listedCount = 0;
        documents = 0;
    }

    /** With what turning it around will take. */
    long memoryBytes() {
        return terms.memoryBytes() + Integer.BYTES * (7L * terms.count() + 2L * listedCount + 2L * documents);
    }

    /** From the first term to the last; nothing may be added after it. Documents are numbered from {@code first} on. */
    TermCursor cursor(int first) {
        int[] order = terms.sorted();
        var starts = new int[terms.count() + 1];
        for (int term = 0; term < terms.count(); term++) {
            starts[term + 1] = starts[term] + seen[2 * term + 1];
        }
        var places = Arrays.copyOf(starts, terms.count());
        var postings = new int[listedCount];
        int at = 0;
        for (int document = 0; document < documents; document++) {
            while (at < ends[document]) {
                int term = listed.get(at >>> CHUNK_BITS)[at & CHUNK_MASK];
                postings[places[term]++] = first + document;
                at++;
            }
        }
        return new Cursor(terms, order, starts, postings);
    }

    /** Terms in their order, each with its documents. */
    private static final class Cursor extends TermCursor {
        private final BytesTable terms;
        private final int[] order;
        private final int[] starts;
        private final int[] postings;
        private int at = -1;

        Cursor(BytesTable terms, int[] order, int[] starts, int[] postings) {
            this.terms = terms;
            this.order = order;
            this.starts = starts;
            this.postings = postings;
        }

        @Override
        boolean next() {
            if (++at >= order.length) {
                return false;
            }
            terms.get(order[at], term);
            return true;
        }

        @Override
        void addTo(DocumentList documents) {
            documents.addAscending(postings, starts[order[at]], starts[order[at] + 1]);
        }
    }
}

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
    /** Of each term the document that had it last, and how many have it. */
    private int[] last = new int[AT_FIRST];

    private int[] frequencies = new int[AT_FIRST];
    /** The terms of one document after the other, and where each document's end. */
    private final List<int[]> listed = new ArrayList<>();

    private int listedCount;
    private int[] ends = new int[AT_FIRST];
    private int documents;

    /** Adds a term to the document that is open. Returns its number, by which it can be added again. */
    int add(byte[] bytes, int from, int next) {
        int term = terms.add(bytes, from, next);
        if (term == last.length) {
            last = Arrays.copyOf(last, 2 * term);
            frequencies = Arrays.copyOf(frequencies, 2 * term);
        }
        add(term);
        return term;
    }

    void add(int term) {
        if (last[term] == documents + 1) {
            return;
        }
        last[term] = documents + 1;
        frequencies[term]++;
        int chunk = listedCount >>> CHUNK_BITS;
        if (chunk == listed.size()) {
            listed.add(new int[1 << CHUNK_BITS]);
        }
        listed.get(chunk)[listedCount++ & CHUNK_MASK] = term;
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
        Arrays.fill(last, 0, terms.count(), 0);
        Arrays.fill(frequencies, 0, terms.count(), 0);
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
        var starts = new int[terms.count() + 1];
        for (int term = 0; term < terms.count(); term++) {
            starts[term + 1] = starts[term] + frequencies[term];
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
        return new Cursor(terms, terms.sorted(), starts, postings);
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
            for (int place = starts[order[at]]; place < starts[order[at] + 1]; place++) {
                documents.add(postings[place]);
            }
        }
    }
}

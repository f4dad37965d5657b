package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.index.BaseTermsEnum;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.ImpactsEnum;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The terms of documents in memory. Documents come one by one, so what is kept is each one's terms, four bytes a term; only
 * when all are there it is turned around, into the documents of each term. Not thread-safe.
 */
final class TermPostings {
    private static final int AT_FIRST = 1 << 10;

    private final BytesTable terms = new BytesTable();
    /** Of each term the document that had it last, and how many have it. */
    private int[] last = new int[AT_FIRST];

    private int[] frequencies = new int[AT_FIRST];
    /** The terms of one document after the other, and where each document's end. */
    private int[] listed = new int[AT_FIRST];

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
        if (listedCount == listed.length) {
            listed = Arrays.copyOf(listed, 2 * listedCount);
        }
        listed[listedCount++] = term;
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

    /** With what turning it around will take. */
    long memoryBytes() {
        return terms.memoryBytes()
                + (long) Integer.BYTES * (4L * last.length + listed.length + listedCount + documents);
    }

    /** All of it as the one field of an index; nothing may be added after it. */
    Fields field(String name) {
        var turned = turned();
        return new Fields() {
            @Override
            public Iterator<String> iterator() {
                return isEmpty() ? List.<String>of().iterator() : List.of(name).iterator();
            }

            @Override
            public @Nullable Terms terms(String field) {
                return field.equals(name) && !isEmpty() ? turned : null;
            }

            @Override
            public int size() {
                return isEmpty() ? 0 : 1;
            }
        };
    }

    private Turned turned() {
        var starts = new int[terms.count() + 1];
        for (int term = 0; term < terms.count(); term++) {
            starts[term + 1] = starts[term] + frequencies[term];
        }
        var places = Arrays.copyOf(starts, terms.count());
        var postings = new int[listedCount];
        int at = 0;
        for (int document = 0; document < documents; document++) {
            while (at < ends[document]) {
                postings[places[listed[at++]]++] = document;
            }
        }
        return new Turned(terms, terms.sorted(), starts, postings);
    }

    /** Terms in their order, each with its documents. */
    private static final class Turned extends Terms {
        private final BytesTable terms;
        private final int[] order;
        private final int[] starts;
        private final int[] postings;

        Turned(BytesTable terms, int[] order, int[] starts, int[] postings) {
            this.terms = terms;
            this.order = order;
            this.starts = starts;
            this.postings = postings;
        }

        @Override
        public TermsEnum iterator() {
            return new Each();
        }

        @Override
        public long size() {
            return order.length;
        }

        @Override
        public long getSumTotalTermFreq() {
            return postings.length;
        }

        @Override
        public long getSumDocFreq() {
            return postings.length;
        }

        /** Whoever writes an index counts for itself. */
        @Override
        public int getDocCount() {
            return -1;
        }

        @Override
        public boolean hasFreqs() {
            return false;
        }

        @Override
        public boolean hasOffsets() {
            return false;
        }

        @Override
        public boolean hasPositions() {
            return false;
        }

        @Override
        public boolean hasPayloads() {
            return false;
        }

        /** From the first term to the last, which is all that a writer of an index does. */
        private final class Each extends BaseTermsEnum {
            private final BytesRef term = new BytesRef();
            private int at = -1;

            @Override
            public @Nullable BytesRef next() {
                if (++at >= order.length) {
                    return null;
                }
                terms.get(order[at], term);
                return term;
            }

            @Override
            public BytesRef term() {
                return term;
            }

            @Override
            public int docFreq() {
                return starts[order[at] + 1] - starts[order[at]];
            }

            @Override
            public long totalTermFreq() {
                return docFreq();
            }

            @Override
            public PostingsEnum postings(@Nullable PostingsEnum reuse, int flags) {
                var documents = reuse instanceof Documents known ? known : new Documents(postings);
                documents.reset(starts[order[at]], starts[order[at] + 1]);
                return documents;
            }

            @Override
            public long ord() {
                throw new UnsupportedOperationException();
            }

            @Override
            public SeekStatus seekCeil(BytesRef text) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void seekExact(long ord) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ImpactsEnum impacts(int flags) {
                throw new UnsupportedOperationException();
            }
        }
    }

    private static final class Documents extends PostingsEnum {
        private final int[] postings;
        private int at;
        private int next;

        Documents(int[] postings) {
            this.postings = postings;
        }

        void reset(int firstPlace, int nextPlace) {
            at = firstPlace - 1;
            next = nextPlace;
        }

        @Override
        public int nextDoc() {
            return ++at < next ? postings[at] : NO_MORE_DOCS;
        }

        @Override
        public int docID() {
            return at < next ? postings[at] : NO_MORE_DOCS;
        }

        @Override
        public int advance(int target) throws IOException {
            return slowAdvance(target);
        }

        @Override
        public long cost() {
            return (long) next - at;
        }

        @Override
        public int freq() {
            return 1;
        }

        @Override
        public int nextPosition() {
            return -1;
        }

        @Override
        public int startOffset() {
            return -1;
        }

        @Override
        public int endOffset() {
            return -1;
        }

        @Override
        public @Nullable BytesRef getPayload() {
            return null;
        }
    }
}

package io.spanlake.storage.part.lucene;

import org.apache.lucene.search.DocIdSetIterator;

/** All documents of a segment, one after another. */
final class EachDocument extends DocIdSetIterator {
    private final int count;
    private int at = -1;

    EachDocument(int count) {
        this.count = count;
    }

    @Override
    public int docID() {
        return at;
    }

    @Override
    public int nextDoc() {
        return advance(at + 1);
    }

    @Override
    public int advance(int target) {
        at = target < count ? target : NO_MORE_DOCS;
        return at;
    }

    @Override
    public long cost() {
        return count;
    }
}

package io.spanlake.storage.part.lucene;

import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The documents of a term, as Lucene's codec wants to be given them. */
final class ListedDocuments extends PostingsEnum {
    private int[] documents = {};
    private int count;
    private int at;

    void reset(DocumentList list) {
        documents = list.array();
        count = list.size();
        at = -1;
    }

    @Override
    public int nextDoc() {
        return ++at < count ? documents[at] : NO_MORE_DOCS;
    }

    @Override
    public int docID() {
        return at < 0 ? -1 : at < count ? documents[at] : NO_MORE_DOCS;
    }

    @Override
    public int advance(int target) throws IOException {
        return slowAdvance(target);
    }

    @Override
    public long cost() {
        return count;
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

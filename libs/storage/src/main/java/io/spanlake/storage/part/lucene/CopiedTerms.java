package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The terms of a segment, with the documents that theirs become. */
record CopiedTerms(String field, SegmentCopy.Source source) implements TermSource {
    @Override
    public TermCursor open() throws IOException {
        var terms = source.reader().terms(field);
        return new Cursor(source, terms == null ? TermsEnum.EMPTY : terms.iterator());
    }

    private static final class Cursor extends TermCursor {
        private final SegmentCopy.Source source;
        private final TermsEnum terms;
        private @Nullable PostingsEnum postings;

        Cursor(SegmentCopy.Source source, TermsEnum terms) {
            this.source = source;
            this.terms = terms;
        }

        @Override
        boolean next() throws IOException {
            var next = terms.next();
            term = Objects.requireNonNullElseGet(next, BytesRef::new);
            return next != null;
        }

        @Override
        void addTo(DocumentList documents) throws IOException {
            var each = terms.postings(postings, PostingsEnum.NONE);
            for (int from = each.nextDoc(); from != DocIdSetIterator.NO_MORE_DOCS; from = each.nextDoc()) {
                source.addTo(documents, from);
            }
            postings = each;
        }
    }
}

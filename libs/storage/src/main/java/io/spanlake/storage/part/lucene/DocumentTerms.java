package io.spanlake.storage.part.lucene;

import java.io.IOException;
import org.apache.lucene.index.BaseTermsEnum;
import org.apache.lucene.index.ImpactsEnum;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Terms with their documents and nothing else, on their way into an index: as Lucene's codec wants to be given them. */
final class DocumentTerms extends Terms {
    private final MergedTerms terms;

    DocumentTerms(MergedTerms terms) {
        this.terms = terms;
    }

    @Override
    public TermsEnum iterator() {
        return new Each(terms);
    }

    /** Not known ahead. Whoever writes an index counts for itself, as of the sums below. */
    @Override
    public long size() {
        return -1;
    }

    @Override
    public long getSumTotalTermFreq() {
        return -1;
    }

    @Override
    public long getSumDocFreq() {
        return -1;
    }

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

    /** From the first term to the last. */
    private static final class Each extends BaseTermsEnum {
        private final MergedTerms terms;

        Each(MergedTerms terms) {
            this.terms = terms;
        }

        @Override
        public @Nullable BytesRef next() throws IOException {
            return terms.next() ? terms.term() : null;
        }

        @Override
        public BytesRef term() {
            return terms.term();
        }

        @Override
        public int docFreq() {
            return terms.documents().size();
        }

        @Override
        public long totalTermFreq() {
            return terms.documents().size();
        }

        @Override
        public PostingsEnum postings(@Nullable PostingsEnum reuse, int flags) {
            var given = reuse instanceof ListedDocuments known ? known : new ListedDocuments();
            given.reset(terms.documents());
            return given;
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

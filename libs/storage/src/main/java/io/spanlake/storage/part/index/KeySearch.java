package io.spanlake.storage.part.index;

import io.spanlake.model.AbandonedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.roaringbitmap.RoaringBitmap;

/** Rows by their keys: each path that rows have is a term, and so are all that lead to it. Blocks. */
final class KeySearch {
    private static final int SURROGATE_LEAD = 0xED;
    private static final int SURROGATE_SECOND = 0xA0;

    private final Terms terms;
    private final Predicate<String> test;
    private final RoaringBitmap rows = new RoaringBitmap();

    KeySearch(Terms terms, Predicate<String> test) {
        this.terms = terms;
        this.test = test;
    }

    RoaringBitmap below(FieldPath path) throws IOException {
        byte[] above = path.text();
        var term = new TermBytes();
        for (char step : new char[] {'.', '['}) {
            RowTerms.exists(term, above);
            addAfter(term.put(step).copy());
            RowTerms.isNull(term, above);
            addAfter(term.put(step).copy());
        }
        return rows;
    }

    /** Rows of the terms that begin so and whose last key may pass. */
    private void addAfter(BytesRef prefix) throws IOException {
        var all = terms.iterator();
        PostingsEnum postings = null;
        boolean more = all.seekCeil(prefix) != TermsEnum.SeekStatus.END;
        int looked = 0;
        while (more && StringHelper.startsWith(all.term(), prefix)) {
            AbandonedException.checkAt(++looked);
            if (mayPass(all.term())) {
                postings = all.postings(postings, PostingsEnum.NONE);
                for (int row = postings.nextDoc(); row != DocIdSetIterator.NO_MORE_DOCS; row = postings.nextDoc()) {
                    AbandonedException.checkAt(row);
                    rows.add(row);
                }
            }
            more = all.next() != null;
        }
    }

    private boolean mayPass(BytesRef term) {
        if (term.length > FieldPath.HEAD_BYTES) {
            return true;
        }
        int end = term.offset + term.length;
        int key = lastKey(term.bytes, term.offset, end);
        return key >= 0 && mayPass(term.bytes, key, end);
    }

    /** Where the last step begins; -1 where it is one into an array. */
    private static int lastKey(byte[] bytes, int first, int end) {
        int key = -1;
        for (int at = first; at < end; at++) {
            switch (bytes[at]) {
                case '\\' -> at++;
                case '.' -> key = at + 1;
                case '[' -> key = -1;
                default -> {}
            }
        }
        return key;
    }

    /** What a lone surrogate is in it may be anything here. */
    private boolean mayPass(byte[] bytes, int first, int end) {
        var plain = new byte[end - first];
        int length = 0;
        for (int at = first; at < end; at++) {
            byte b = bytes[at];
            if ((b & 0xFF) == SURROGATE_LEAD && at + 1 < end && (bytes[at + 1] & 0xFF) >= SURROGATE_SECOND) {
                return true;
            }
            if (b != '\\') {
                plain[length++] = b;
            } else if (++at < end && bytes[at] != 'e') {
                plain[length++] = bytes[at] == '0' ? 0 : bytes[at];
            }
        }
        return test.test(new String(plain, 0, length, StandardCharsets.UTF_8));
    }
}

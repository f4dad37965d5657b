package io.spanlake.storage.part.text;

import io.spanlake.model.AbandonedException;
import io.spanlake.storage.part.lucene.OneSegment;
import java.io.IOException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** From words to texts, and from texts to rows. Thread-safe; blocks as the directory does. */
final class WordDocuments {
    private final OneSegment segment;

    WordDocuments(OneSegment segment) {
        this.segment = segment;
    }

    /**
     * Texts that hold all the words. Whether they stand side by side is not known here: positions would be a third of the
     * piece, and a text is short against a row.
     *
     * @return empty where there is no word in it
     */
    Optional<RoaringBitmap> of(String text, boolean openLeft, boolean openRight) throws IOException {
        var found = new RoaringBitmap();
        boolean words = false;
        for (var form : forms(text)) {
            var patterns = WordPattern.of(form, openLeft, openRight);
            words |= !patterns.isEmpty();
            found.or(of(patterns));
        }
        return words ? Optional.of(found) : Optional.empty();
    }

    /** Whether the texts that are found are just those that have it. */
    static boolean isOneWord(String text) {
        return forms(text).size() == 1 && WordPattern.of(text, false, false).size() == 1;
    }

    /** Texts are indexed with their accents as they came, so both ways of writing them are looked for. */
    private static Set<String> forms(String text) {
        var forms = new LinkedHashSet<>(List.of(text));
        forms.add(Normalizer.normalize(text, Normalizer.Form.NFC));
        forms.add(Normalizer.normalize(text, Normalizer.Form.NFD));
        return forms;
    }

    private RoaringBitmap of(List<WordPattern> patterns) throws IOException {
        RoaringBitmap all = null;
        for (var pattern : patterns) {
            var found = of(pattern);
            if (all == null) {
                all = found;
            } else {
                all.and(found);
            }
        }
        return all == null ? new RoaringBitmap() : all;
    }

    private RoaringBitmap of(WordPattern pattern) throws IOException {
        var terms = segment.terms(TextIndexWriter.WORDS);
        var found = new RoaringBitmap();
        if (terms == null) {
            return found;
        }
        var all = terms.iterator();
        if (pattern.whole()) {
            if (all.seekExact(pattern.bytes())) {
                add(all, null, found);
            }
        } else if (!pattern.cut()) {
            addMatching(all, pattern, found);
        }
        if (pattern.mayBeInCutWords() && all.seekExact(GroupWords.CUT)) {
            add(all, null, found);
        }
        return found;
    }

    private static void addMatching(TermsEnum all, WordPattern pattern, RoaringBitmap found) throws IOException {
        boolean prefix = !pattern.openLeft();
        var start = prefix ? pattern.bytes() : new BytesRef();
        boolean more = all.seekCeil(start) != TermsEnum.SeekStatus.END;
        PostingsEnum postings = null;
        int terms = 0;
        while (more && (!prefix || StringHelper.startsWith(all.term(), start))) {
            AbandonedException.checkAt(++terms);
            if (pattern.matches(all.term())) {
                postings = add(all, postings, found);
            }
            more = all.next() != null;
        }
    }

    private static PostingsEnum add(TermsEnum term, @Nullable PostingsEnum reused, RoaringBitmap found)
            throws IOException {
        var postings = term.postings(reused, PostingsEnum.NONE);
        for (int text = postings.nextDoc(); text != DocIdSetIterator.NO_MORE_DOCS; text = postings.nextDoc()) {
            AbandonedException.checkAt(text);
            found.add(text);
        }
        return postings;
    }

    /** Adds the rows that hold any of the texts; many texts have the same holders, which are then read once. */
    void holders(RoaringBitmap texts, @Nullable RoaringBitmap[] rowsOfFields) throws IOException {
        var reader = segment.reader();
        var values = reader == null ? null : reader.getSortedDocValues(TextIndexWriter.HOLDERS);
        if (values == null) {
            return;
        }
        var wanted = new FixedBitSet(Math.max(values.getValueCount(), 1));
        PeekableIntIterator each = texts.getIntIterator();
        while (each.hasNext()) {
            if (values.advanceExact(each.next())) {
                wanted.set(values.ordValue());
            }
        }
        int value = wanted.nextSetBit(0);
        while (value != DocIdSetIterator.NO_MORE_DOCS) {
            AbandonedException.checkAt(value);
            Holders.addTo(rowsOfFields, values.lookupOrd(value));
            value = value + 1 < wanted.length() ? wanted.nextSetBit(value + 1) : DocIdSetIterator.NO_MORE_DOCS;
        }
    }
}

package io.spanlake.storage.part.index;

import io.spanlake.model.AbandonedException;
import io.spanlake.storage.part.lucene.OneSegment;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/**
 * Answers from the index piece of one part. Rows are named by their ordinals; whether they are dead is not known here.
 * Numbers are compared by decimal value, text by code points. Of fields of the protocol ({@code _xact_id}), {@code id}, {@code
 * span_id}, {@code root_span_id} and {@code created}, which have ways of their own, a path is answered with all rows.
 *
 * <p>Safe for many threads. Every call may block on reads of the directory: never on an event loop.
 */
public final class FieldSearch implements Closeable {
    private final OneSegment segment;
    private final @Nullable Terms terms;

    private FieldSearch(OneSegment segment) throws IOException {
        this.segment = segment;
        this.terms = segment.terms(IndexFields.TERMS);
    }

    /** @throws IOException also where the index is of a version that is not known */
    public static FieldSearch open(Directory directory) throws IOException {
        return new FieldSearch(OneSegment.open(directory, IndexFields.VERSION, IndexFields.CURRENT_VERSION));
    }

    /** What a hotcache is recorded of: opening, and a lookup of each kind. */
    public static void visit(Directory directory) throws IOException {
        try (var search = open(directory)) {
            search.exists(FieldPath.of("input"));
            search.paginationKeys();
            search.pageOrder();
        }
    }

    public int rows() {
        return segment.documents();
    }

    /** Rows with a string that is this text. */
    public Candidates equal(FieldPath path, String text) throws IOException {
        byte[] utf8 = TermBytes.utf8(text);
        var term = new TermBytes();
        RowTerms.string(term, path.text(), utf8, 0, utf8.length);
        return answer(path, rowsOf(terms, term.term()), utf8.length <= RowTerms.TEXT_BYTES_MAX);
    }

    public Candidates equal(FieldPath path, boolean value) throws IOException {
        var term = new TermBytes();
        RowTerms.bool(term, path.text(), value);
        return answer(path, rowsOf(terms, term.term()), true);
    }

    /** Rows with a value there that is not null: a scalar, or an object or array, also an empty one. */
    public Candidates exists(FieldPath path) throws IOException {
        var term = new TermBytes();
        RowTerms.exists(term, path.text());
        return answer(path, rowsOf(terms, term.term()), true);
    }

    /**
     * Rows with a key below the path that passes, whatever stands behind it.
     *
     * @return with rows too many where keys are too long to be known; empty where the index does not know all keys
     */
    public Optional<RoaringBitmap> keysBelow(FieldPath path, Predicate<String> test) throws IOException {
        if (!path.isIndexed() || !segment.facts().containsKey(IndexFields.NULL_KEYS)) {
            return Optional.empty();
        }
        return Optional.of(terms == null ? new RoaringBitmap() : new KeySearch(terms, test).below(path));
    }

    /** Rows of which the index may say what was replaced: they have a key twice in one object. */
    public RoaringBitmap doubtful() throws IOException {
        return rowsOf(terms, RowTerms.DOUBTFUL);
    }

    /** Rows with a number in the range. */
    public Candidates range(FieldPath path, NumberRange range) throws IOException {
        var rows = segment.writer();
        var prefix = new TermBytes();
        RowTerms.numbers(prefix, path.text());
        if (terms != null) {
            collect(terms.iterator(), prefix.copy(), range, rows);
        }
        var more = new TermBytes();
        RowTerms.moreNumbers(more, path.text());
        var unlisted = rowsOf(terms, more.term());
        var found = rows.get();
        found.or(unlisted);
        return answer(path, found, unlisted.isEmpty());
    }

    private void collect(TermsEnum all, BytesRef prefix, NumberRange range, RoaringBitmapWriter<RoaringBitmap> rows)
            throws IOException {
        var low = bound(prefix, range.low()).orElse(prefix);
        var high = bound(prefix, range.high());
        PostingsEnum postings = null;
        boolean more = all.seekCeil(low) != TermsEnum.SeekStatus.END;
        while (more && startsWith(all.term(), prefix)) {
            int toHigh = high.isEmpty() ? -1 : all.term().compareTo(high.get());
            if (toHigh > 0 || (toHigh == 0 && !range.highIncluded())) {
                return;
            }
            AbandonedException.check();
            if (range.lowIncluded() || range.low() == null || !all.term().equals(low)) {
                postings = all.postings(postings, PostingsEnum.NONE);
                add(postings, rows);
            }
            more = all.next() != null;
        }
    }

    private static boolean startsWith(BytesRef term, BytesRef prefix) {
        return term.length >= prefix.length && StringHelper.startsWith(term, prefix);
    }

    private static Optional<BytesRef> bound(BytesRef prefix, @Nullable BigDecimal value) {
        if (value == null) {
            return Optional.empty();
        }
        var digits = value.toString().getBytes(StandardCharsets.US_ASCII);
        var term = new TermBytes().put(prefix.bytes, prefix.offset, prefix.offset + prefix.length);
        SortableDecimal.append(term, digits, 0, digits.length);
        return Optional.of(term.copy());
    }

    /** Rows whose {@code created} lies in [first, next), in microseconds. Exact. */
    public Candidates created(long firstMicros, long nextMicros) throws IOException {
        return new Candidates(segment.between(IndexFields.CREATED, firstMicros, nextMicros), true);
    }

    /** Rows whose pagination number lies in [first, next), unsigned. Exact. */
    public Candidates paginationKeys(long first, long next) throws IOException {
        long low = FieldIndexWriter.sortable(first);
        return new Candidates(segment.between(IndexFields.PAGINATION_KEY, low, FieldIndexWriter.sortable(next)), true);
    }

    /** The pagination number of every row, to be asked in order of ordinals. */
    public PaginationKeys paginationKeys() throws IOException {
        return new PaginationKeys(segment.reader() == null ? null : values(segment.reader()));
    }

    /** To be kept for as long as this is: it remembers where to look. */
    public PageOrder pageOrder() throws IOException {
        return PageOrder.of(segment.reader());
    }

    private static @Nullable NumericDocValues values(LeafReader reader) throws IOException {
        return reader.getNumericDocValues(IndexFields.PAGINATION_KEY);
    }

    /** Of a row with the same key twice it is not known here which of the values stands. */
    private Candidates answer(FieldPath path, RoaringBitmap rows, boolean exact) throws IOException {
        if (!path.isIndexed()) {
            return new Candidates(RoaringBitmap.bitmapOfRange(0, rows()), false);
        }
        boolean certain = exact
                && !path.throughItems()
                && (rows.isEmpty() || !RoaringBitmap.intersects(rows, rowsOf(terms, RowTerms.DOUBTFUL)));
        return new Candidates(rows, certain);
    }

    private RoaringBitmap rowsOf(@Nullable Terms field, BytesRef term) throws IOException {
        var rows = segment.writer();
        if (field != null) {
            var all = field.iterator();
            if (all.seekExact(term)) {
                add(all.postings(null, PostingsEnum.NONE), rows);
            }
        }
        return rows.get();
    }

    private static void add(PostingsEnum postings, RoaringBitmapWriter<RoaringBitmap> rows) throws IOException {
        for (int row = postings.nextDoc(); row != DocIdSetIterator.NO_MORE_DOCS; row = postings.nextDoc()) {
            AbandonedException.checkAt(row);
            rows.add(row);
        }
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}

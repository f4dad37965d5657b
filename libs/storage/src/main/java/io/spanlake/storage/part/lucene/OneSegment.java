package io.spanlake.storage.part.lucene;

import io.spanlake.model.AbandonedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** An open index of one segment, or of none where nothing was indexed. Safe for many threads. Blocks as the directory does. */
public final class OneSegment implements Closeable {
    private final DirectoryReader index;
    private final @Nullable LeafReader reader;
    private final IndexSearcher searcher;
    private final Map<String, String> facts;

    private OneSegment(DirectoryReader index) throws IOException {
        this.index = index;
        this.reader =
                index.leaves().isEmpty() ? null : index.leaves().getFirst().reader();
        this.searcher = new IndexSearcher(index);
        searcher.setQueryCache(null);
        this.facts = index.getIndexCommit().getUserData();
    }

    /**
     * @param key     of the fact that names the version
     * @param version the one that can be read
     * @throws IOException also where the index has another version, or more than one segment
     */
    public static OneSegment open(Directory directory, String key, String version) throws IOException {
        var index = DirectoryReader.open(directory);
        var segment = new OneSegment(index);
        var found = segment.facts.get(key);
        if (!version.equals(found) || index.leaves().size() > 1) {
            index.close();
            throw new IOException("%s %s with %d segments, readable is %s"
                    .formatted(key, found, index.leaves().size(), version));
        }
        return segment;
    }

    public int documents() {
        return index.maxDoc();
    }

    /** Null where nothing was indexed. */
    public @Nullable LeafReader reader() {
        return reader;
    }

    /** Null where no document has the field. */
    public @Nullable Terms terms(String field) throws IOException {
        return reader == null ? null : reader.terms(field);
    }

    /** What {@link SegmentWriter#finish} was given. */
    public Map<String, String> facts() {
        return facts;
    }

    /** Documents with a number in [low, next). */
    public RoaringBitmap between(String field, long low, long next) throws IOException {
        return next <= low
                ? new RoaringBitmap()
                : matching(NumericDocValuesField.newSlowRangeQuery(field, low, next - 1));
    }

    public RoaringBitmap matching(Query query) throws IOException {
        var rows = writer();
        if (reader != null) {
            var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            var scorer = weight.scorer(reader.getContext());
            if (scorer != null) {
                var documents = scorer.iterator();
                int document = documents.nextDoc();
                while (document != DocIdSetIterator.NO_MORE_DOCS) {
                    AbandonedException.checkAt(document);
                    rows.add(document);
                    document = documents.nextDoc();
                }
            }
        }
        return rows.get();
    }

    /** For documents in order. */
    public RoaringBitmapWriter<RoaringBitmap> writer() {
        return RoaringBitmapWriter.writer().get();
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}

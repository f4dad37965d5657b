package io.spanlake.storage.part.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Where the rows of a part stand in pages. Remembers of each few thousand rows between which keys they lie, so that a page
 * looks only at those that may be on it. Safe for many threads; blocks as the directory does.
 */
public final class PageOrder {
    /** A row and its pagination number, unsigned. */
    public record Place(long key, int ordinal) {}

    private record Block(int first, int last, long min, long max) {}

    private final @Nullable LeafReader reader;
    private final List<Block> blocks;

    private PageOrder(@Nullable LeafReader reader, List<Block> blocks) {
        this.reader = reader;
        this.blocks = blocks;
    }

    static PageOrder of(@Nullable LeafReader reader) throws IOException {
        var skipper = reader == null ? null : reader.getDocValuesSkipper(IndexFields.PAGINATION_KEY);
        return new PageOrder(reader, skipper == null ? List.of() : blocks(skipper));
    }

    private static List<Block> blocks(DocValuesSkipper skipper) throws IOException {
        var blocks = new ArrayList<Block>();
        skipper.advance(0);
        while (skipper.minDocID(0) != DocIdSetIterator.NO_MORE_DOCS) {
            int last = skipper.maxDocID(0);
            blocks.add(new Block(skipper.minDocID(0), last, skipper.minValue(0), skipper.maxValue(0)));
            skipper.advance(last + 1);
        }
        return List.copyOf(blocks);
    }

    /** @param hidden ordinals of rows that are passed over */
    public void look(NearestKeys nearest, RoaringBitmap hidden) throws IOException {
        var byPromise = new ArrayList<>(blocks);
        byPromise.sort(
                nearest.newestFirst()
                        ? Comparator.comparingLong(Block::max).reversed()
                        : Comparator.comparingLong(Block::min));
        for (var block : byPromise) {
            if (nearest.wantsSortable(block.min, block.max)) {
                look(block, nearest, hidden);
            }
        }
    }

    private void look(Block block, NearestKeys nearest, RoaringBitmap hidden) throws IOException {
        var values = values();
        for (int row = values.advance(block.first); row <= block.last; row = values.nextDoc()) {
            long value = values.longValue();
            if (nearest.wantsSortable(value, value) && !hidden.contains(row)) {
                nearest.see(value);
            }
        }
    }

    /** The rows whose keys are among the nearest, in no order: those with the key of the farthest all. */
    public List<Place> places(NearestKeys nearest, RoaringBitmap hidden) throws IOException {
        var places = new ArrayList<Place>();
        for (var block : blocks) {
            if (nearest.mayHold(block.min, block.max)) {
                collect(block, nearest, hidden, places);
            }
        }
        return places;
    }

    private void collect(Block block, NearestKeys nearest, RoaringBitmap hidden, List<Place> places)
            throws IOException {
        var values = values();
        for (int row = values.advance(block.first); row <= block.last; row = values.nextDoc()) {
            long value = values.longValue();
            if (nearest.holds(value) && !hidden.contains(row)) {
                places.add(new Place(FieldIndexWriter.sortable(value), row));
            }
        }
    }

    private NumericDocValues values() throws IOException {
        var values = reader == null ? null : reader.getNumericDocValues(IndexFields.PAGINATION_KEY);
        if (values == null) {
            throw new IOException("rows without places in pages");
        }
        return values;
    }
}

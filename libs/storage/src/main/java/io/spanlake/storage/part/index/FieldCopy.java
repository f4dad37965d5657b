package io.spanlake.storage.part.index;

import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.lucene.DocumentNumbers;
import io.spanlake.storage.part.lucene.DocumentValues;
import io.spanlake.storage.part.lucene.OneSegment;
import io.spanlake.storage.part.lucene.SegmentCopy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.store.FSDirectory;

/** Makes an index of rows out of those that have them. Holds some 20 bytes a row. Blocks. */
final class FieldCopy implements Closeable {
    private final int rows;
    private final long[] paginationKeys;
    private final long[] created;
    private final List<SegmentCopy.Source> sources = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private int copied;
    private boolean nullKeys = true;

    FieldCopy(int rows) {
        this.rows = rows;
        this.paginationKeys = new long[rows];
        this.created = new long[rows];
    }

    void add(CopiedIndex index) throws IOException {
        var directory = FSDirectory.open(index.folder());
        open.add(directory);
        var segment = OneSegment.open(directory, IndexFields.VERSION, IndexFields.CURRENT_VERSION);
        open.add(segment);
        var reader = segment.reader();
        if (reader == null) {
            return;
        }
        var places = new int[reader.maxDoc()];
        var copies = new int[reader.maxDoc()];
        var keys = numbers(reader, IndexFields.PAGINATION_KEY);
        var times = numbers(reader, IndexFields.CREATED);
        for (int row = 0; row < places.length; row++) {
            if (index.goesOn(row)) {
                int ordinal = index.ordinal(row);
                places[row] = ordinal;
                copies[row] = 1;
                paginationKeys[ordinal] = at(keys, row);
                created[ordinal] = at(times, row);
                copied++;
            }
        }
        sources.add(new SegmentCopy.Source(reader, places, copies));
        nullKeys &= segment.facts().containsKey(IndexFields.NULL_KEYS);
    }

    /** Whether all that was added has the terms of them. */
    boolean hasNullKeys() {
        return nullKeys;
    }

    private static NumericDocValues numbers(LeafReader reader, String field) throws IOException {
        return Objects.requireNonNull(reader.getNumericDocValues(field), field);
    }

    private static long at(NumericDocValues numbers, int row) throws IOException {
        if (!numbers.advanceExact(row)) {
            throw new IOException("row %d has no number".formatted(row));
        }
        return numbers.longValue();
    }

    void write(Path folder, Map<String, String> facts) throws IOException {
        if (copied != rows) {
            throw new IOException("an index of %d rows out of %d".formatted(rows, copied));
        }
        var values = new LinkedHashMap<String, DocumentValues>();
        values.put(IndexFields.PAGINATION_KEY, numbers(paginationKeys));
        values.put(IndexFields.CREATED, numbers(created));
        SegmentCopy.write(folder, IndexFields.TERMS, sources, values, rows, facts);
    }

    private static DocumentNumbers numbers(long[] each) {
        var numbers = new DocumentNumbers();
        Arrays.stream(each).forEach(numbers::add);
        return numbers;
    }

    @Override
    public void close() throws IOException {
        for (var each : open.reversed()) {
            each.close();
        }
    }
}

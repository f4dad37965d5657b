package io.spanlake.storage.part.text;

import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.lucene.DocumentBytes;
import io.spanlake.storage.part.lucene.DocumentValues;
import io.spanlake.storage.part.lucene.OneSegment;
import io.spanlake.storage.part.lucene.SegmentCopy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes an index of texts out of others: their words stay, holders become the rows that they are now, and what no row holds any
 * more is left out. Holds 8 bytes a document of the sources, and the distinct holders. Blocks.
 */
final class TextCopy implements Closeable {
    private final TextFields fields;
    private final DocumentBytes holderValues = new DocumentBytes();
    private final Holders holders = new Holders();
    private final List<SegmentCopy.Source> sources = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private long[] keys = new long[64];
    private int keyCount;
    private int documents;

    /** @param fields of the new index; gets those of the sources */
    TextCopy(TextFields fields) {
        this.fields = fields;
    }

    /** Those documents whose holders are named as they are to be. */
    void addWithOrdinals(Path folder) throws IOException {
        var segment = open(folder);
        var reader = segment.reader();
        if (reader != null) {
            add(reader, Map.of(), null);
        }
    }

    void add(CopiedIndex index) throws IOException {
        var segment = open(index.folder());
        var reader = segment.reader();
        if (reader != null) {
            add(reader, numbers(segment), index);
        }
    }

    private OneSegment open(Path folder) throws IOException {
        var directory = FSDirectory.open(folder);
        open.add(directory);
        var segment = OneSegment.open(directory, TextIndexWriter.VERSION, TextIndexWriter.CURRENT_VERSION);
        open.add(segment);
        return segment;
    }

    /** Of each number of a field there the one here. */
    private Map<Integer, Integer> numbers(OneSegment segment) {
        var numbers = new HashMap<Integer, Integer>();
        TextFields.of(segment.facts()).forEach((name, number) -> numbers.put(number, fields.number(name)));
        return numbers;
    }

    /** @param index null where holders stay as they are */
    private void add(LeafReader reader, Map<Integer, Integer> numbers, @Nullable CopiedIndex index) throws IOException {
        var values = Objects.requireNonNull(reader.getSortedDocValues(TextIndexWriter.HOLDERS), "no holders");
        var places = new int[reader.maxDoc()];
        var copies = new int[reader.maxDoc()];
        for (int document = 0; document < places.length; document++) {
            places[document] = documents;
            copy(holdersOf(values, document), numbers, index);
            copies[document] = documents - places[document];
        }
        sources.add(new SegmentCopy.Source(reader, places, copies));
    }

    private static BytesRef holdersOf(SortedDocValues values, int document) throws IOException {
        if (!values.advanceExact(document)) {
            throw new IOException("a text that no row holds");
        }
        return values.lookupOrd(values.ordValue());
    }

    private void copy(BytesRef before, Map<Integer, Integer> numbers, @Nullable CopiedIndex index) throws IOException {
        if (index == null) {
            holderValues.add(before);
            documents++;
            return;
        }
        keyCount = 0;
        Holders.decode(before, (field, first, next) -> {
            int number = numbers.getOrDefault(field, TextFields.OTHER);
            for (int row = first; row < next; row++) {
                if (index.goesOn(row)) {
                    add(Holders.key(number, index.ordinal(row)));
                }
            }
        });
        if (keyCount > 0) {
            holders.encode(keys, keyCount, (after, _) -> {
                holderValues.add(after);
                documents++;
            });
        }
    }

    private void add(long key) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keyCount);
        }
        keys[keyCount++] = key;
    }

    /** Returns whether there is anything to write. */
    boolean write(Path folder, Map<String, String> facts) throws IOException {
        if (documents == 0) {
            return false;
        }
        var values = new LinkedHashMap<String, DocumentValues>();
        values.put(TextIndexWriter.HOLDERS, holderValues);
        SegmentCopy.write(folder, TextIndexWriter.WORDS, sources, values, documents, facts);
        return true;
    }

    @Override
    public void close() throws IOException {
        for (var each : open.reversed()) {
            each.close();
        }
    }
}

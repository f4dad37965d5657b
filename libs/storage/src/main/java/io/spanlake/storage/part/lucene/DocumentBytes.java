package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.DocValuesConsumer;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;

/** Bytes for every document, in their order; each distinct value is kept once. Not thread-safe. */
public final class DocumentBytes implements DocumentValues {
    private final BytesTable distinct = new BytesTable();
    private int[] values = new int[1 << 10];
    private int count;

    /** @param value of at most 32,766 bytes, which are copied */
    public void add(BytesRef value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = distinct.add(value.bytes, value.offset, value.offset + value.length);
    }

    @Override
    public DocValuesType type() {
        return DocValuesType.SORTED;
    }

    @Override
    public DocValuesSkipIndexType skipIndex() {
        return DocValuesSkipIndexType.NONE;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void clear() {
        distinct.clear();
        count = 0;
    }

    @Override
    public long memoryBytes() {
        return distinct.memoryBytes() + 2L * Integer.BYTES * ((long) count + distinct.count());
    }

    @Override
    public void write(DocValuesConsumer target, FieldInfo field) throws IOException {
        int[] order = distinct.sorted();
        var places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        target.addSortedField(field, new OneField() {
            @Override
            public SortedDocValues getSorted(FieldInfo ignored) {
                return new Each(order, places);
            }
        });
    }

    private final class Each extends SortedDocValues {
        private final EachDocument documents = new EachDocument(count);
        private final BytesRef value = new BytesRef();
        private final int[] order;
        private final int[] places;

        Each(int[] order, int[] places) {
            this.order = order;
            this.places = places;
        }

        @Override
        public int ordValue() {
            return places[values[documents.docID()]];
        }

        @Override
        public BytesRef lookupOrd(int ord) {
            distinct.get(order[ord], value);
            return value;
        }

        @Override
        public int getValueCount() {
            return order.length;
        }

        @Override
        public boolean advanceExact(int target) {
            return documents.advance(target) == target;
        }

        @Override
        public int docID() {
            return documents.docID();
        }

        @Override
        public int nextDoc() {
            return documents.nextDoc();
        }

        @Override
        public int advance(int target) {
            return documents.advance(target);
        }

        @Override
        public long cost() {
            return count;
        }
    }
}

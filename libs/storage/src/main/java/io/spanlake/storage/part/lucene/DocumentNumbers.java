package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.DocValuesConsumer;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.NumericDocValues;

/** A number for every document, in their order. Not thread-safe. */
public final class DocumentNumbers implements DocumentValues {
    private long[] numbers = new long[1 << 10];
    private int count;

    public void add(long number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    @Override
    public DocValuesType type() {
        return DocValuesType.NUMERIC;
    }

    @Override
    public DocValuesSkipIndexType skipIndex() {
        return DocValuesSkipIndexType.RANGE;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void clear() {
        count = 0;
    }

    @Override
    public long memoryBytes() {
        return 2L * Long.BYTES * count;
    }

    @Override
    public void write(DocValuesConsumer target, FieldInfo field) throws IOException {
        target.addNumericField(field, new OneField() {
            @Override
            public NumericDocValues getNumeric(FieldInfo ignored) {
                return new Each();
            }
        });
    }

    private final class Each extends NumericDocValues {
        private final EachDocument documents = new EachDocument(count);

        @Override
        public long longValue() {
            return numbers[documents.docID()];
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

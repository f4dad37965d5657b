package io.spanlake.storage.part.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.DocValuesConsumer;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;

/** One value for every document of a segment, in memory. Not thread-safe. */
public sealed interface DocumentValues permits DocumentNumbers, DocumentBytes {
    DocValuesType type();

    DocValuesSkipIndexType skipIndex();

    int count();

    long memoryBytes();

    /** Begins anew. */
    void clear();

    void write(DocValuesConsumer target, FieldInfo field) throws IOException;
}

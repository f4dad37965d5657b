package io.spanlake.storage.part.lucene;

import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.util.BytesRef;

/** Terms one after another, in the order of their bytes. Not thread-safe. */
abstract class TermCursor implements Comparable<TermCursor>, Closeable {
    /** Where it is; good until {@link #next}. */
    BytesRef term = new BytesRef();

    /** False at the end. */
    abstract boolean next() throws IOException;

    /** The documents of the term; to be asked once. */
    abstract void addTo(DocumentList documents) throws IOException;

    @Override
    public int compareTo(TermCursor other) {
        return term.compareTo(other.term);
    }

    @Override
    public void close() throws IOException {}
}

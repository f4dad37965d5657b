package io.spanlake.storage.part.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The terms of several sources in one order, each with its documents from all of them; terms that no document is left of are
 * passed over. As the one field of an index, to be read once from the first term to the last.
 */
final class MergedTerms extends Fields implements Closeable {
    private final String field;
    private final List<TermCursor> all = new ArrayList<>();
    private final PriorityQueue<TermCursor> open = new PriorityQueue<>();
    private final List<TermCursor> same = new ArrayList<>();
    private final DocumentList documents = new DocumentList();

    MergedTerms(String field, List<? extends TermSource> sources) throws IOException {
        this.field = field;
        for (var source : sources) {
            var cursor = source.open();
            all.add(cursor);
            advance(cursor);
        }
    }

    private void advance(TermCursor cursor) throws IOException {
        if (cursor.next()) {
            open.add(cursor);
        }
    }

    /** Goes on to the next term that has a document. */
    boolean next() throws IOException {
        do {
            takeSame();
            documents.clear();
            for (var cursor : same) {
                cursor.addTo(documents);
            }
        } while (documents.isEmpty() && !same.isEmpty());
        documents.sort();
        return !documents.isEmpty();
    }

    /** Those that had the term before go on only now, so that its bytes stay where they are. */
    private void takeSame() throws IOException {
        for (var cursor : same) {
            advance(cursor);
        }
        same.clear();
        if (!open.isEmpty()) {
            var first = open.remove();
            same.add(first);
            while (!open.isEmpty() && open.peek().term.bytesEquals(first.term)) {
                same.add(open.remove());
            }
        }
    }

    /** Good until {@link #next}. */
    BytesRef term() {
        return same.getFirst().term;
    }

    DocumentList documents() {
        return documents;
    }

    @Override
    public Iterator<String> iterator() {
        return open.isEmpty() ? List.<String>of().iterator() : List.of(field).iterator();
    }

    @Override
    public @Nullable Terms terms(String name) {
        return name.equals(field) && !open.isEmpty() ? new DocumentTerms(this) : null;
    }

    @Override
    public int size() {
        return open.isEmpty() ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        for (var cursor : all) {
            cursor.close();
        }
    }
}

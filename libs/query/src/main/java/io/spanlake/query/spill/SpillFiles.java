package io.spanlake.query.spill;

import io.spanlake.query.plan.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;

/**
 * The files of one step, which go with it: whoever still writes or reads then is cancelled. Blocks but for {@link #discard};
 * thread-safe.
 */
public final class SpillFiles {
    private final SpillSpace space;
    private final List<SpillFile> files = new ArrayList<>();
    private final List<SpillFile.Rows> readers = new ArrayList<>();
    private boolean discarded;

    public SpillFiles(SpillSpace space) {
        this.space = space;
    }

    /** A new file of these rows. */
    public synchronized void write(List<Tuple> rows) {
        var file = create();
        rows.forEach(file::write);
        file.finish();
    }

    /** @return to be written and finished by {@link #write(SpillFile, List)} and {@link #finish} */
    public synchronized SpillFile create() {
        requireWanted();
        var file = SpillFile.create(space);
        files.add(file);
        return file;
    }

    public synchronized void write(SpillFile file, List<Tuple> rows) {
        requireWanted();
        rows.forEach(file::write);
    }

    public synchronized void finish(SpillFile file) {
        requireWanted();
        file.finish();
    }

    private void requireWanted() {
        if (discarded) {
            throw new CancellationException("the rows are not wanted any more");
        }
    }

    public synchronized boolean isEmpty() {
        return files.isEmpty();
    }

    public synchronized Iterator<Tuple> rows(SpillFile file) {
        requireWanted();
        var rows = file.read();
        readers.add(rows);
        return guarded(rows);
    }

    private Iterator<Tuple> guarded(SpillFile.Rows rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Tuple next() {
                synchronized (SpillFiles.this) {
                    requireWanted();
                    return rows.next();
                }
            }
        };
    }

    /** The rows of all files, each of which is sorted, and of one more such list, in their order. */
    public synchronized Iterator<Tuple> merged(List<Tuple> more, Comparator<Tuple> order) {
        var sources = new ArrayList<Iterator<Tuple>>();
        files.forEach(file -> sources.add(rows(file)));
        sources.add(more.iterator());
        return new Merged(sources, order);
    }

    /** Deletes all, on the space's scheduler. */
    public void discard() {
        space.disk().schedule(() -> {
            synchronized (this) {
                discarded = true;
                readers.forEach(SpillFile.Rows::close);
                files.forEach(SpillFile::close);
            }
        });
    }

    private static final class Merged implements Iterator<Tuple> {
        private record Head(Tuple row, Iterator<Tuple> source) {}

        private final PriorityQueue<Head> heads;

        Merged(List<Iterator<Tuple>> sources, Comparator<Tuple> order) {
            this.heads = new PriorityQueue<>(Comparator.comparing(Head::row, order));
            sources.forEach(this::advance);
        }

        private void advance(Iterator<Tuple> source) {
            if (source.hasNext()) {
                heads.add(new Head(source.next(), source));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Tuple next() {
            var head = heads.remove();
            advance(head.source);
            return head.row;
        }
    }
}

package io.spanlake.query.spill;

import io.spanlake.query.plan.Tuple;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows in a file, written once, in their order. Blocks: call on the space's scheduler. Not thread-safe. */
public final class SpillFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SpillSpace space;
    private final Path path;
    private final Counted counted;
    private final DataOutputStream out;
    private long taken;
    private long rows;
    private boolean closed;

    private SpillFile(SpillSpace space, Path path, Counted counted) {
        this.space = space;
        this.path = path;
        this.counted = counted;
        this.out = new DataOutputStream(counted);
    }

    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] all, int first, int length) throws IOException {
            out.write(all, first, length);
            bytes += length;
        }
    }

    public static SpillFile create(SpillSpace space) {
        var path = space.fresh();
        try {
            return new SpillFile(
                    space, path, new Counted(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws io.spanlake.query.parse.QueryFaultException where the space has no more */
    public void write(Tuple tuple) {
        try {
            TupleCodec.write(tuple, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
        if (counted.bytes - taken > BUFFER_BYTES) {
            take();
        }
    }

    private void take() {
        long more = counted.bytes - taken;
        space.take(more);
        taken += more;
    }

    /** No rows come after this. */
    public void finish() {
        try {
            take();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long rows() {
        return rows;
    }

    /** From the first on; to be closed. */
    public Rows read() {
        try {
            return new Rows(
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES)), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            space.give(taken);
        }
    }

    /** Rows as they are read. */
    public static final class Rows implements Iterator<Tuple>, AutoCloseable {
        private final DataInputStream in;
        private long left;

        private Rows(DataInputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Tuple next() {
            if (left <= 0) {
                throw new NoSuchElementException();
            }
            try {
                left--;
                return TupleCodec.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

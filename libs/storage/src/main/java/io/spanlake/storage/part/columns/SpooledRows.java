package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what {@link ValueSpool} wrote, value by value. Not thread-safe; blocks. */
final class SpooledRows implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;

    SpooledRows(Path file) throws IOException {
        in = Files.newInputStream(file);
    }

    /** Number of the path of the row's next value, {@link ValueSpool#END_OF_ROW} where the row has no more. */
    int nextPath() throws IOException {
        return varint();
    }

    /** What the value is, of {@link ValueSpool}; the value itself is to be read next. */
    int nextKind() throws IOException {
        return next() & 0xFF;
    }

    /** Of an integer or a time. */
    long nextLong() throws IOException {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (next() & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    double nextDouble() throws IOException {
        return Double.longBitsToDouble(nextLong());
    }

    int nextCount() throws IOException {
        return varint();
    }

    /** Memory of its own. */
    ByteSlice nextText() throws IOException {
        var bytes = new byte[varint()];
        int done = 0;
        while (done < bytes.length) {
            if (at == end) {
                fill();
            }
            int count = Math.min(bytes.length - done, end - at);
            System.arraycopy(buffer, at, bytes, done, count);
            at += count;
            done += count;
        }
        return ByteSlice.of(bytes);
    }

    private byte next() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++];
    }

    private void fill() throws IOException {
        at = 0;
        end = in.read(buffer);
        if (end <= 0) {
            throw new EOFException("the spool ends within a row");
        }
    }

    private int varint() throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = next() & 0xFF;
            value |= (b & 0x7F) << shift;
            if (b <= 0x7F) {
                return value;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

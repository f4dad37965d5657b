package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteOutput;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The values of rows on their way to columns, in a local file: which columns there will be is known only when the last row
 * was seen. Of each row its values, each with the number of its path, then a zero. Counts on the way what each path holds.
 * {@link SpooledRows} reads it. Not thread-safe; blocks.
 */
final class ValueSpool implements Closeable {
    /** What a value is. */
    static final int OTHER = 0;

    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int INTEGER = 3;
    static final int DOUBLE = 4;
    static final int TEXT = 5;
    static final int TIME = 6;
    static final int TEXTS = 7;

    static final int END_OF_ROW = 0;
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream file;
    private final ByteOutput out = new ByteOutput(2 * BUFFER_BYTES);

    private boolean closed;

    ValueSpool(Path file) throws IOException {
        // As it is: it lives for minutes on a local disk, and is a small part of the rows.
        this.file = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void bool(PathNode path, boolean value) {
        path.booleans++;
        begin(path, value ? TRUE : FALSE);
    }

    void number(PathNode path, JsonNumber number) {
        // No switch: what the compiler makes of one over types takes longer than all else that is done with a number.
        if (number instanceof JsonNumber.Whole(long value)) {
            integer(path, value);
        } else if (number instanceof JsonNumber.Real(double value)) {
            real(path, value);
        } else {
            other(path);
        }
    }

    private void real(PathNode path, double value) {
        path.doubles++;
        begin(path, DOUBLE);
        out.u64(Double.doubleToRawLongBits(value));
    }

    void integer(PathNode path, long value) {
        path.integers++;
        path.doubleIntegers += JsonNumber.fitsDouble(value) ? 1 : 0;
        begin(path, INTEGER);
        out.u64(value);
    }

    void time(PathNode path, long epochMicros) {
        begin(path, TIME);
        out.u64(epochMicros);
    }

    void text(PathNode path, ByteSlice utf8) {
        path.texts++;
        begin(path, TEXT);
        out.blob(utf8);
    }

    void texts(PathNode path, Iterable<ByteSlice> utf8, int count) {
        begin(path, TEXTS);
        out.varint(count);
        for (var text : utf8) {
            out.blob(text);
        }
    }

    /** There is a value, which no column can hold. */
    void other(PathNode path) {
        begin(path, OTHER);
    }

    void endRow() throws IOException {
        out.varint(END_OF_ROW);
        if (out.length() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        file.write(out.array(), 0, out.length());
        out.clear();
    }

    private void begin(PathNode path, int kind) {
        path.present++;
        out.varint(path.number).u8(kind);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (file) {
                flush();
            }
        }
    }
}

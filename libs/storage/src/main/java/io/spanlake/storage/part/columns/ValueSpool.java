package io.spanlake.storage.part.columns;

import com.github.luben.zstd.ZstdOutputStream;
import io.spanlake.model.ByteSlice;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
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
    /** The file lives for minutes on a local disk: fast is right. */
    private static final int LEVEL = 1;

    private final DataOutputStream out;

    ValueSpool(Path file) throws IOException {
        var stream = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out = new DataOutputStream(new BufferedOutputStream(new ZstdOutputStream(stream, LEVEL), BUFFER_BYTES));
    }

    void bool(PathNode path, boolean value) throws IOException {
        path.booleans++;
        begin(path, value ? TRUE : FALSE);
    }

    void number(PathNode path, JsonNumber number) throws IOException {
        switch (number) {
            case JsonNumber.Whole(long value) -> integer(path, value);
            case JsonNumber.Real(double value) -> {
                path.doubles++;
                begin(path, DOUBLE);
                out.writeDouble(value);
            }
            case JsonNumber.Beyond.BEYOND -> other(path);
        }
    }

    void integer(PathNode path, long value) throws IOException {
        path.integers++;
        path.doubleIntegers += JsonNumber.fitsDouble(value) ? 1 : 0;
        begin(path, INTEGER);
        out.writeLong(value);
    }

    void time(PathNode path, long epochMicros) throws IOException {
        begin(path, TIME);
        out.writeLong(epochMicros);
    }

    void text(PathNode path, ByteSlice utf8) throws IOException {
        path.texts++;
        begin(path, TEXT);
        bytes(utf8);
    }

    void texts(PathNode path, Iterable<ByteSlice> utf8, int count) throws IOException {
        begin(path, TEXTS);
        varint(count);
        for (var text : utf8) {
            bytes(text);
        }
    }

    /** There is a value, which no column can hold. */
    void other(PathNode path) throws IOException {
        begin(path, OTHER);
    }

    void endRow() throws IOException {
        varint(END_OF_ROW);
    }

    private void begin(PathNode path, int kind) throws IOException {
        path.present++;
        varint(path.number);
        out.writeByte(kind);
    }

    private void bytes(ByteSlice slice) throws IOException {
        varint(slice.length());
        out.write(slice.array(), slice.offset(), slice.length());
    }

    private void varint(int value) throws IOException {
        int rest = value;
        while (rest > 0x7F) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

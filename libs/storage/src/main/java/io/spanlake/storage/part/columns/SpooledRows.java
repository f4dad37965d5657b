package io.spanlake.storage.part.columns;

import com.github.luben.zstd.ZstdInputStream;
import io.spanlake.model.ByteSlice;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what {@link ValueSpool} wrote, value by value. Not thread-safe; blocks. */
final class SpooledRows implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final DataInputStream in;

    SpooledRows(Path file) throws IOException {
        in = new DataInputStream(
                new BufferedInputStream(new ZstdInputStream(Files.newInputStream(file)), BUFFER_BYTES));
    }

    /** Number of the path of the row's next value, {@link ValueSpool#END_OF_ROW} where the row has no more. */
    int nextPath() throws IOException {
        return varint();
    }

    /** What the value is, of {@link ValueSpool}; the value itself is to be read next. */
    int nextKind() throws IOException {
        return in.readUnsignedByte();
    }

    /** Of an integer or a time. */
    long nextLong() throws IOException {
        return in.readLong();
    }

    double nextDouble() throws IOException {
        return in.readDouble();
    }

    int nextCount() throws IOException {
        return varint();
    }

    /** Memory of its own. */
    ByteSlice nextText() throws IOException {
        var bytes = new byte[varint()];
        in.readFully(bytes);
        return ByteSlice.of(bytes);
    }

    private int varint() throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = in.readUnsignedByte();
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

package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written from front to back. Blocks. Not thread-safe. */
final class PartOutput implements Closeable {
    private static final int COPY_BYTES = 256 << 10;

    private final FileChannel channel;
    private long position;

    PartOutput(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    long position() {
        return position;
    }

    void append(ByteSlice bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position += bytes.length();
    }

    void append(Path file) throws IOException {
        FileBytes.forEach(file, COPY_BYTES, this::append);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

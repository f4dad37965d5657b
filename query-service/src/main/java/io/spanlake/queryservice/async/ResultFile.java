package io.spanlake.queryservice.async;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Lines of an answer on disk, read from any place while more are written. Blocks: call on {@code query-disk}. Thread-safe. */
final class ResultFile {
    private static final int BUFFER_BYTES = 64 << 10;

    /** @param next where the line behind the last one begins */
    record Lines(List<byte[]> lines, long next) {}

    private final Path path;
    private final long bytesMax;
    private final FileChannel channel;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long written;

    private ResultFile(Path path, long bytesMax, FileChannel channel) {
        this.path = path;
        this.bytesMax = bytesMax;
        this.channel = channel;
    }

    static ResultFile create(Path path, long bytesMax) {
        try {
            return new ResultFile(
                    path,
                    bytesMax,
                    FileChannel.open(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void append(byte[] line) {
        unwritten.writeBytes(line);
        if (written + unwritten.size() > bytesMax) {
            throw QueryFault.of(
                            QueryFault.Kind.BUDGET, "the answer has more than %d bytes".formatted(bytesMax), Place.NONE)
                    .withHint("select fewer columns or rows")
                    .exception();
        }
        if (unwritten.size() >= BUFFER_BYTES) {
            write();
        }
    }

    private void write() {
        try {
            var buffer = ByteBuffer.wrap(unwritten.toByteArray());
            while (buffer.hasRemaining()) {
                written += channel.write(buffer, written);
            }
            unwritten.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole lines from a place on, at least one where there is one. */
    synchronized Lines lines(long from, int linesMax, long bytes) {
        write();
        var lines = new ArrayList<byte[]>();
        var line = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long next = from;
        long at = from;
        while (lines.size() < linesMax && next - from < bytes) {
            buffer.clear();
            int count = read(buffer, at);
            if (count <= 0) {
                break;
            }
            at += count;
            for (int i = 0; i < count && lines.size() < linesMax && next - from < bytes; i++) {
                byte b = buffer.get(i);
                if (b == '\n') {
                    lines.add(line.toByteArray());
                    next += line.size() + 1;
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }
        return new Lines(lines, next);
    }

    private int read(ByteBuffer buffer, long at) {
        try {
            return at >= written ? -1 : channel.read(buffer, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized long bytes() {
        return written + unwritten.size();
    }

    void delete() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

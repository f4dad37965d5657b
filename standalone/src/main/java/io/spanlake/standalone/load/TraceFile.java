package io.spanlake.standalone.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file of traces, plain or gzip, line by line. Lines end with LF and nothing else: U+2028 and its like stand in values.
 * Not thread-safe; blocks.
 */
final class TraceFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final CountedInput file;
    private final InputStream in;
    private final long bytesMaxOfLine;

    private TraceFile(CountedInput file, InputStream in, long bytesMaxOfLine) {
        this.file = file;
        this.in = in;
        this.bytesMaxOfLine = bytesMaxOfLine;
    }

    static TraceFile open(Path path, long bytesMaxOfLine) throws IOException {
        var file = new CountedInput(Files.newInputStream(path));
        var raw = new BufferedInputStream(file, BUFFER);
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        var in = gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        return new TraceFile(file, in, bytesMaxOfLine);
    }

    /** Bytes of the file that were read, before inflating. */
    long bytesRead() {
        return file.count;
    }

    /** The next line without its LF; empty at the end. */
    Optional<byte[]> nextLine() throws IOException {
        var line = new ByteArrayOutputStream(4096);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toByteArray());
            }
            line.write(next);
            if (line.size() > bytesMaxOfLine) {
                throw new IOException("a line has more than %d bytes".formatted(bytesMaxOfLine));
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    /** What is left, as one piece. */
    byte[] rest() throws IOException {
        var rest = in.readNBytes(Math.toIntExact(bytesMaxOfLine));
        if (in.read() >= 0) {
            throw new IOException("the document has more than %d bytes".formatted(bytesMaxOfLine));
        }
        return rest;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CountedInput extends InputStream {
        private final InputStream in;
        private long count;

        CountedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

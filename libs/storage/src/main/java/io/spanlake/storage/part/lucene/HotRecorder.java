package io.spanlake.storage.part.lucene;

import io.spanlake.model.ByteSlice;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Serves an index from a folder through the same inputs, with the same buffers, as a blob would be, and notes every range
 * that they ask for.
 */
final class HotRecorder implements HotBytes, Closeable {
    /** Ranges closer than this become one: their gap costs less than a range. */
    private static final int GAP_BYTES = 32;

    private final Path folder;
    private final List<PartFile> files;
    private final Map<String, FileChannel> channels = new HashMap<>();
    private final Map<String, NavigableMap<Long, Long>> noted = new TreeMap<>();

    HotRecorder(Path folder) throws IOException {
        this.folder = folder;
        this.files = PartFiles.of(folder);
        for (var file : files) {
            channels.put(file.name(), FileChannel.open(folder.resolve(file.name())));
        }
    }

    PartDirectory directory() {
        return new PartDirectory(
                (offset, length) -> {
                    throw new IOException("nothing is read past the recorder");
                },
                files,
                this);
    }

    @Override
    public synchronized int copy(String file, long offset, ByteBuffer target) throws IOException {
        int wanted = target.remaining();
        read(file, offset, target);
        note(noted.computeIfAbsent(file, _ -> new TreeMap<>()), offset, offset + wanted);
        return wanted;
    }

    private void read(String file, long offset, ByteBuffer target) throws IOException {
        var channel = channels.get(file);
        long at = offset;
        while (channel != null && target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        if (target.hasRemaining()) {
            throw new IOException("%s in %s ends early".formatted(file, folder));
        }
    }

    /** Keeps the ranges apart from each other. */
    private static void note(NavigableMap<Long, Long> ranges, long first, long next) {
        long from = first;
        long to = next;
        var before = ranges.floorEntry(to + GAP_BYTES);
        while (before != null && before.getValue() + GAP_BYTES >= from) {
            from = Math.min(from, before.getKey());
            to = Math.max(to, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(to + GAP_BYTES);
        }
        ranges.put(from, to);
    }

    synchronized Map<String, NavigableMap<Long, ByteSlice>> ranges() throws IOException {
        var all = new TreeMap<String, NavigableMap<Long, ByteSlice>>();
        for (var file : noted.entrySet()) {
            var ranges = new TreeMap<Long, ByteSlice>();
            for (var range : file.getValue().entrySet()) {
                var bytes = new byte[Math.toIntExact(range.getValue() - range.getKey())];
                read(file.getKey(), range.getKey(), ByteBuffer.wrap(bytes));
                ranges.put(range.getKey(), ByteSlice.of(bytes));
            }
            all.put(file.getKey(), ranges);
        }
        return all;
    }

    @Override
    public void close() {
        for (var channel : channels.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

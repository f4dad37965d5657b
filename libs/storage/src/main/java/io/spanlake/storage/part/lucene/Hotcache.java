package io.spanlake.storage.part.lucene;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.lucene.store.Directory;

/**
 * The bytes of an index that opening it and the usual first look touch. They lie in the part's tail, so that a cold part
 * is opened by one range read. Immutable and thread-safe.
 *
 * <p>Encoded: number of files; of each its name, number of ranges, and of each range the offset in the file, the length and
 * the bytes. Checksums are the tail's.
 */
public final class Hotcache implements HotBytes {
    public static final Hotcache NONE = new Hotcache(Map.of());

    private static final int NAME_BYTES_MAX = 256;

    private final Map<String, NavigableMap<Long, ByteSlice>> files;

    /** @param files ranges by their offset, apart from each other */
    private Hotcache(Map<String, NavigableMap<Long, ByteSlice>> files) {
        this.files = files;
    }

    /** What is done first with an index, as a rule; it closes what it opens. */
    @FunctionalInterface
    public interface Visit {
        void to(Directory index) throws IOException;
    }

    /** Visits an index in a folder and keeps what was read. Blocks. */
    public static Hotcache record(Path folder, Visit visit) throws IOException {
        try (var recorder = new HotRecorder(folder)) {
            visit.to(recorder.directory());
            return new Hotcache(recorder.ranges());
        }
    }

    public ByteSlice encode() {
        var out = new BinaryWriter(1 << 16);
        out.putVarint(files.size());
        files.forEach((name, ranges) -> {
            out.putText(name);
            out.putVarint(ranges.size());
            ranges.forEach((offset, bytes) -> out.putLong(offset).putSlice(bytes));
        });
        return out.toSlice();
    }

    /**
     * Ranges of the bytes are kept, not copied.
     *
     * @throws IllegalArgumentException where the bytes are malformed
     */
    public static Hotcache parse(ByteSlice encoded) {
        var in = new BinaryReader(encoded, (what, cause) -> new IllegalArgumentException("hotcache: " + what, cause));
        var files = new TreeMap<String, NavigableMap<Long, ByteSlice>>();
        for (int file = in.nextCount("files", 2); file > 0; file--) {
            var ranges = new TreeMap<Long, ByteSlice>();
            files.put(in.nextText("file", NAME_BYTES_MAX), ranges);
            for (int range = in.nextCount("ranges", 9); range > 0; range--) {
                long offset = in.nextLong("offset");
                ranges.put(offset, in.nextSlice(in.nextVarint("length"), "range"));
            }
        }
        return new Hotcache(files);
    }

    @Override
    public int copy(String file, long offset, ByteBuffer target) {
        var ranges = files.get(file);
        var range = ranges == null ? null : ranges.floorEntry(offset);
        if (range == null || offset >= range.getKey() + range.getValue().length()) {
            return 0;
        }
        var bytes = range.getValue();
        int from = (int) (offset - range.getKey());
        int count = Math.min(target.remaining(), bytes.length() - from);
        target.put(bytes.array(), bytes.offset() + from, count);
        return count;
    }

    /** All bytes it holds. */
    public long bytes() {
        return files.values().stream()
                .flatMap(ranges -> ranges.values().stream())
                .mapToLong(ByteSlice::length)
                .sum();
    }
}

package io.spanlake.compactor.read;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Decoded frames, the least lately used go first. Not thread-safe. */
final class FrameCache<T> {
    record Key(int file, int frame) {}

    private record Decoded<T>(T frame, long bytes) {}

    private final LinkedHashMap<Key, Decoded<T>> frames = new LinkedHashMap<>(64, 0.75f, true);
    private final long bytesMax;
    private long bytes;

    FrameCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Nullable
    T get(Key key) {
        var found = frames.get(key);
        return found == null ? null : found.frame;
    }

    /** The frame itself is kept whatever its size: it is about to be read. */
    void put(Key key, T frame, long size) {
        frames.put(key, new Decoded<>(frame, size));
        bytes += size;
        var eldest = frames.entrySet().iterator();
        while (bytes > bytesMax && frames.size() > 1 && eldest.hasNext()) {
            bytes -= eldest.next().getValue().bytes;
            eldest.remove();
        }
    }
}

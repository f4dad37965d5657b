package io.spanlake.blobstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which blocks are on disk, least recently used first, within a bound of bytes. Safe for many threads. */
final class BlockIndex {
    private final long bytesMax;
    private final Map<BlockKey, StoredBlock> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<BlobName, TreeMap<Long, BlockKey>> keysOfBlob = new HashMap<>();
    private long bytes;

    BlockIndex(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Marks the block as used now. */
    synchronized Optional<StoredBlock> find(BlockKey key) {
        return Optional.ofNullable(blocks.get(key));
    }

    /** @return what has to go from the disk for it: what stood under this key, and the least recently used */
    synchronized List<StoredBlock> add(BlockKey key, StoredBlock block) {
        var removed = new ArrayList<StoredBlock>();
        remove(key).ifPresent(removed::add);
        blocks.put(key, block);
        keysOfBlob.computeIfAbsent(key.blob(), _ -> new TreeMap<>()).put(key.index(), key);
        bytes += block.diskBytes();
        while (bytes > bytesMax) {
            remove(blocks.keySet().iterator().next()).ifPresent(removed::add);
        }
        return removed;
    }

    /** @return the least recently used blocks, of so many bytes together or more, where there are so many */
    synchronized List<StoredBlock> removeOldest(int least) {
        var removed = new ArrayList<StoredBlock>();
        for (long left = least; left > 0 && !blocks.isEmpty(); ) {
            var oldest = remove(blocks.keySet().iterator().next()).orElseThrow();
            left -= oldest.diskBytes();
            removed.add(oldest);
        }
        return removed;
    }

    /** Only if it is still this one that stands there. */
    synchronized void removeIf(BlockKey key, StoredBlock block) {
        if (block.equals(blocks.get(key))) {
            remove(key);
        }
    }

    synchronized List<StoredBlock> removeAll(BlobName blob) {
        var removed = new ArrayList<StoredBlock>();
        for (var key :
                List.copyOf(keysOfBlob.getOrDefault(blob, new TreeMap<>()).values())) {
            remove(key).ifPresent(removed::add);
        }
        return removed;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int count() {
        return blocks.size();
    }

    private synchronized Optional<StoredBlock> remove(BlockKey key) {
        var block = blocks.remove(key);
        if (block == null) {
            return Optional.empty();
        }
        bytes -= block.diskBytes();
        keysOfBlob.computeIfPresent(key.blob(), (_, keys) -> {
            keys.remove(key.index());
            return keys.isEmpty() ? null : keys;
        });
        return Optional.of(block);
    }

    /** @param file number of the file that holds the block; never used twice */
    record StoredBlock(long file, int bytes) {
        private static final int PAGE = 4096;

        /** A file takes whole pages, and one that is empty but for its checksum takes one. */
        long diskBytes() {
            return (bytes / PAGE + 1L) * PAGE;
        }
    }
}

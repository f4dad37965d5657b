package io.spanlake.simulation.store;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobExistsException;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.model.ByteSlice;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What lies in the store. Not thread-safe. */
public final class StoredBlobs {
    private record Blob(ByteSlice bytes, Instant createdAt) {}

    private final TreeMap<BlobName, Blob> blobs = new TreeMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> everDeleted = new HashSet<>();
    private final InstantSource clock;

    public StoredBlobs(InstantSource clock) {
        this.clock = clock;
    }

    void put(BlobName name, ByteSlice bytes) {
        if (blobs.containsKey(name)) {
            throw new BlobExistsException(name);
        }
        blobs.put(name, new Blob(bytes, clock.instant()));
        names.add(name.value());
    }

    ByteSlice bytes(BlobName name) {
        return blob(name).bytes;
    }

    private Blob blob(BlobName name) {
        var blob = blobs.get(name);
        if (blob == null) {
            throw new BlobNotFoundException(name);
        }
        return blob;
    }

    BlobEntry stat(BlobName name) {
        var blob = blob(name);
        return new BlobEntry(name, blob.bytes.length(), blob.createdAt);
    }

    List<BlobEntry> list(String prefix) {
        return blobs.entrySet().stream()
                .filter(blob -> blob.getKey().value().startsWith(prefix))
                .map(blob -> new BlobEntry(blob.getKey(), blob.getValue().bytes.length(), blob.getValue().createdAt))
                .toList();
    }

    void delete(BlobName name) {
        if (blobs.remove(name) != null) {
            names.remove(name.value());
            everDeleted.add(name.value());
        }
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    public boolean wasDeleted(String name) {
        return everDeleted.contains(name);
    }

    public int count() {
        return blobs.size();
    }

    /** Whole, for those who look from outside. */
    public ByteSlice whole(String name) {
        return bytes(new BlobName(name));
    }
}

package io.spanlake.blobstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes folders that are still there after a power cut. A folder that exists need not be durable, since another put may
 * have made it this moment; so each is believed only once its parent was synced by us.
 */
final class DurableFolders {
    /** Hourly folders of a few hundred organizations; a forgotten one costs one more sync. */
    private static final int REMEMBERED_MAX = 10_000;

    private final Path root;
    private final Map<Path, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    DurableFolders(Path root) {
        this.root = root;
    }

    /** Blocks. */
    void make(Path folder) throws IOException {
        if (isKnown(folder)) {
            return;
        }
        Files.createDirectories(folder);
        var parent = folder.getParent();
        if (parent != null) {
            // Above the root too: it may have been made together with the first blob.
            sync(parent);
            if (!folder.equals(root)) {
                make(parent);
            }
        }
        synchronized (known) {
            known.put(folder, true);
        }
    }

    private boolean isKnown(Path folder) {
        synchronized (known) {
            return known.containsKey(folder);
        }
    }

    /** Blocks until the names in the folder are on the disk. */
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

package io.spanlake.storage.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds hashes that come twice, among any number of them in bounded memory:
 *
 * <ol>
 *   <li>a million entries are kept as they come;
 *   <li>more go to local files, by the top bits of the hash, so that equal ones meet in one file;
 *   <li>at the end each file is sorted, and neighbours are compared.
 * </ol>
 *
 * <p>Not thread-safe; blocks.
 */
final class Twins implements Closeable {
    /** @param place what the caller called them */
    record Twin(long hash, long place, long otherPlace) {}

    private record Entry(long hash, long place) {}

    static final int KEPT_MAX = 1 << 20;
    private static final int FILE_BITS = 8;
    private static final int BUFFER_BYTES = 8 << 10;

    private final Path folder;
    private final String name;
    private final int keptMax;
    private final int twinsMax;
    private List<Entry> kept = new ArrayList<>();
    private @Nullable List<DataOutputStream> files;

    /**
     * @param folder   local, for this
     * @param twinsMax after so many it stops looking
     */
    Twins(Path folder, String name, int keptMax, int twinsMax) {
        this.folder = folder;
        this.name = name;
        this.keptMax = keptMax;
        this.twinsMax = twinsMax;
    }

    /** @throws UncheckedIOException where the local disk fails, as all calls here */
    void add(long hash, long place) {
        kept.add(new Entry(hash, place));
        if (kept.size() >= keptMax) {
            onDisk(this::spill);
        }
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    private void onDisk(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("local files in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private void spill() throws IOException {
        var open = files;
        if (open == null) {
            open = new ArrayList<>();
            files = open;
            for (int i = 0; i < 1 << FILE_BITS; i++) {
                open.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER_BYTES)));
            }
        }
        for (var entry : kept) {
            var out = open.get((int) (entry.hash >>> (Long.SIZE - FILE_BITS)));
            out.writeLong(entry.hash);
            out.writeLong(entry.place);
        }
        kept = new ArrayList<>();
    }

    private Path file(int number) {
        return folder.resolve("%s-%d".formatted(name, number));
    }

    /** To be asked once, after the last. */
    List<Twin> find() {
        var found = new ArrayList<Twin>();
        if (files == null) {
            find(kept, found);
        } else {
            onDisk(() -> findInFiles(found));
        }
        return found;
    }

    private void findInFiles(List<Twin> found) throws IOException {
        spill();
        closeFiles();
        for (int i = 0; i < 1 << FILE_BITS && found.size() < twinsMax; i++) {
            find(read(file(i)), found);
        }
    }

    private static List<Entry> read(Path file) throws IOException {
        long count = Files.size(file) / (2 * Long.BYTES);
        var entries = new Entry[Math.toIntExact(count)];
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < entries.length; i++) {
                entries[i] = new Entry(in.readLong(), in.readLong());
            }
        }
        return Arrays.asList(entries);
    }

    private void find(List<Entry> entries, List<Twin> found) {
        entries.sort(Comparator.comparingLong(Entry::hash));
        for (int i = 1; i < entries.size() && found.size() < twinsMax; i++) {
            var one = entries.get(i - 1);
            var other = entries.get(i);
            if (one.hash == other.hash) {
                found.add(new Twin(one.hash, one.place, other.place));
            }
        }
    }

    @Override
    public void close() {
        onDisk(this::closeFiles);
    }

    private void closeFiles() throws IOException {
        if (files != null) {
            for (var file : files) {
                file.close();
            }
        }
    }
}

package io.spanlake.blobstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The blobs whose names begin with a prefix, in order of names. Holds the names of one folder per level. Blocks.
 *
 * <p>A folder sorts as its name and a slash, so that {@code a-b} and {@code a.b} come before {@code a/b} as the whole
 * names do.
 */
final class FolderWalk implements Iterator<BlobEntry> {
    private final Path root;
    private final String prefix;
    private final Deque<Iterator<Child>> levels = new ArrayDeque<>();
    private @Nullable BlobEntry next;

    FolderWalk(Path root, String prefix) {
        if (!BlobName.isPrefix(prefix)) {
            throw new IllegalArgumentException("no blob name begins with: " + prefix);
        }
        this.root = root;
        this.prefix = prefix;
        int slash = prefix.lastIndexOf('/');
        open(slash < 0 ? "" : prefix.substring(0, slash + 1));
        next = advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public BlobEntry next() {
        var result = next;
        if (result == null) {
            throw new NoSuchElementException();
        }
        next = advance();
        return result;
    }

    private @Nullable BlobEntry advance() {
        while (!levels.isEmpty()) {
            var level = levels.getLast();
            if (!level.hasNext()) {
                levels.removeLast();
                continue;
            }
            var child = level.next();
            if (child.folder) {
                open(child.name);
            } else {
                var entry = entryOf(child.name);
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }

    private void open(String folder) {
        try (var paths = Files.list(root.resolve(folder))) {
            List<Child> children = paths.map(path -> Child.of(folder, path))
                    .filter(this::matches)
                    .sorted(Comparator.comparing(Child::name))
                    .toList();
            levels.addLast(children.iterator());
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Nothing has this prefix.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean matches(Child child) {
        if (child.folder) {
            return BlobName.isPrefix(child.name) && (child.name.startsWith(prefix) || prefix.startsWith(child.name));
        }
        return BlobName.isName(child.name) && child.name.startsWith(prefix);
    }

    /** Null where the blob was deleted meanwhile. */
    private @Nullable BlobEntry entryOf(String name) {
        try {
            var attributes = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            return new BlobEntry(
                    new BlobName(name),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name from the root; of a folder with a slash at its end */
    private record Child(String name, boolean folder) {
        static Child of(String parent, Path path) {
            boolean folder = Files.isDirectory(path);
            return new Child(parent + path.getFileName() + (folder ? "/" : ""), folder);
        }
    }
}

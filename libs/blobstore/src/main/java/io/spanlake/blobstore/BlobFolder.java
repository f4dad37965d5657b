package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a blob folder. Every method blocks.
 *
 * <p>A put, in order: bytes into a file of {@code ~incoming}; fsync; a hard link under the blob's name, which fails
 * where there is one (a rename would replace it); fsync of the blob's folder, and of every folder above it that is not
 * known to be durable. A kill at any point leaves no blob or a whole one.
 */
final class BlobFolder {
    /** No blob name holds a tilde, so no blob can be mistaken for one of these. */
    private static final String INCOMING = "~incoming";

    /** Longer than any write to a file takes to go on. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(BlobFolder.class);

    private final Path root;
    private final Path incoming;
    private final DurableFolders durable;
    /** Of this process alone: several may have the folder open. */
    private final String puts = "%d-%x-".formatted(ProcessHandle.current().pid(), System.nanoTime());

    private final AtomicLong put = new AtomicLong();

    private interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    private BlobFolder(Path root, Path incoming) {
        this.root = root;
        this.incoming = incoming;
        this.durable = new DurableFolders(root);
    }

    static BlobFolder open(Path root) throws IOException {
        var absolute = root.toAbsolutePath().normalize();
        var incoming = absolute.resolve(INCOMING);
        Files.createDirectories(incoming);
        var abandoned = now(incoming).minus(ABANDONED_AFTER);
        try (var leftovers = Files.newDirectoryStream(incoming)) {
            for (var leftover : leftovers) {
                removeIfAbandoned(leftover, abandoned);
            }
        }
        return new BlobFolder(absolute, incoming);
    }

    /** By the clock of the disk, which the other files have their times of. */
    private static Instant now(Path incoming) throws IOException {
        var probe = Files.createTempFile(incoming, "now-", "");
        try {
            return Files.getLastModifiedTime(probe).toInstant();
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Another process may be writing it, or have it done with, at this moment. */
    private static void removeIfAbandoned(Path leftover, Instant abandoned) throws IOException {
        try {
            if (Files.getLastModifiedTime(leftover).toInstant().isBefore(abandoned)) {
                Files.deleteIfExists(leftover);
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("{} is gone already", leftover, gone);
        }
    }

    void put(BlobName name, List<ByteSlice> parts) throws IOException {
        put(name, parts.stream().mapToLong(ByteSlice::length).sum(), file -> write(file, parts));
    }

    /** A copy: the caller's file may lie on another disk, and stays the caller's. */
    void putFile(BlobName name, Path source) throws IOException {
        put(name, Files.size(source), file -> copy(source, file));
    }

    private void put(BlobName name, long bytes, Content content) throws IOException {
        var target = pathOf(name);
        var temporary = incoming.resolve(puts + put.getAndIncrement());
        try {
            try (var file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(file);
                file.force(true);
            }
            durable.make(parentOf(target));
            Files.createLink(target, temporary);
            DurableFolders.sync(parentOf(target));
        } catch (FileAlreadyExistsException e) {
            throw Files.isRegularFile(target) ? new BlobExistsException(name) : clash(name, e);
        } catch (IOException e) {
            throw explained(name, bytes, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(FileChannel file, List<ByteSlice> parts) throws IOException {
        var buffers = parts.stream().map(ByteSlice::toByteBuffer).toArray(ByteBuffer[]::new);
        int first = 0;
        while (first < buffers.length) {
            file.write(buffers, first, buffers.length - first);
            while (first < buffers.length && !buffers[first].hasRemaining()) {
                first++;
            }
        }
    }

    private static void copy(Path source, FileChannel file) throws IOException {
        try (var in = FileChannel.open(source, StandardOpenOption.READ)) {
            long at = 0;
            while (at < in.size()) {
                at += in.transferTo(at, in.size() - at, file);
            }
        }
    }

    private IOException explained(BlobName name, long bytes, IOException fault) {
        if (DiskFaults.isFull(fault)) {
            return new IOException(
                    "the disk of %s is full: %d bytes of blob %s were not stored".formatted(root, bytes, name), fault);
        }
        return fault;
    }

    private static BlobStoreException clash(BlobName name, FileSystemException fault) {
        return new BlobStoreException(
                "blob %s cannot be stored: %s is both a blob and a folder".formatted(name, fault.getFile()), fault);
    }

    /** Fewer than {@code bytesMax} bytes where the file ends. */
    ByteSlice read(BlobName name, long offset, int bytesMax) throws IOException {
        attributesOf(name);
        try (var channel = FileChannel.open(pathOf(name), StandardOpenOption.READ)) {
            int length = Math.clamp(channel.size() - offset, 0, bytesMax);
            var buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // A read may give less than there is.
            }
            return ByteSlice.of(Arrays.copyOf(buffer.array(), buffer.position()));
        } catch (NoSuchFileException e) {
            throw new BlobNotFoundException(name);
        }
    }

    BlobEntry stat(BlobName name) throws IOException {
        var attributes = attributesOf(name);
        return new BlobEntry(
                name, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private BasicFileAttributes attributesOf(BlobName name) throws IOException {
        try {
            var attributes = Files.readAttributes(pathOf(name), BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                return attributes;
            }
        } catch (FileSystemException e) {
            // Missing, or below something that is a blob and no folder.
            if (Files.exists(pathOf(name))) {
                throw e;
            }
        }
        throw new BlobNotFoundException(name);
    }

    Iterator<BlobEntry> list(String prefix) {
        return new FolderWalk(root, prefix);
    }

    void delete(Collection<BlobName> names) throws IOException {
        var changed = new LinkedHashSet<Path>();
        for (var name : names) {
            var path = pathOf(name);
            if (Files.isRegularFile(path) && Files.deleteIfExists(path)) {
                changed.add(parentOf(path));
            }
        }
        for (var folder : changed) {
            DurableFolders.sync(folder);
        }
    }

    private Path pathOf(BlobName name) {
        return root.resolve(name.value());
    }

    private Path parentOf(Path path) {
        var parent = path.getParent();
        return parent == null ? root : parent;
    }
}

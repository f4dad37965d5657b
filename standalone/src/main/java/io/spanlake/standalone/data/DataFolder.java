package io.spanlake.standalone.data;

import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;

/**
 * Everything that one instance keeps:
 *
 * <pre>
 * version       format of the folder
 * lock          held by the process that serves it
 * instance      what that process is, for the commands
 * secrets       passwords of the parts       credentials   the first API key
 * blobs/  kafka/  postgres/  redis/  bin/  log/  scratch/
 * </pre>
 */
public final class DataFolder {
    private static final int VERSION = 1;

    /** Kafka, PostgreSQL and the first blobs want at least this. */
    private static final long FREE_BYTES_MIN = 512L << 20;

    private final Path root;

    public DataFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path blobs() {
        return root.resolve("blobs");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path redis() {
        return root.resolve("redis");
    }

    public Path binaries() {
        return root.resolve("bin");
    }

    public Path log() {
        return root.resolve("log");
    }

    /** Files of work under way; empty after {@link #emptyScratch}. */
    public Path scratch() {
        return root.resolve("scratch");
    }

    public Path progress() {
        return root.resolve("load");
    }

    public Path serverLog() {
        return log().resolve("spanlake.log");
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /**
     * Makes the folder where it is missing, and takes it for this process until the lock is closed.
     *
     * @throws StartFailure where another process has it, it is of a newer version, or its disk is full
     */
    public FileLock take() {
        try {
            Files.createDirectories(log());
            PrivateFiles.closeToOthers(root);
            var lock = lock();
            try {
                checkVersion();
                checkSpace();
            } catch (StartFailure | IOException unusable) {
                lock.channel().close();
                throw unusable;
            }
            return lock;
        } catch (IOException e) {
            throw new StartFailure(
                    "the data folder %s cannot be used: %s.%nChoose another one with --data DIR.".formatted(root, e),
                    e);
        }
    }

    private FileLock lock() throws IOException {
        var channel = FileChannel.open(file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw taken();
        }
        return lock;
    }

    /** Removes what the work of a killed process left. For the holder of the lock. */
    public void emptyScratch() {
        try {
            if (Files.exists(scratch())) {
                try (var left = Files.walk(scratch())) {
                    for (var file : left.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(scratch());
        } catch (IOException e) {
            throw new StartFailure("%s cannot be emptied: %s".formatted(scratch(), e), e);
        }
    }

    /** @throws StartFailure where an instance runs on the folder */
    public void requireUntaken() {
        if (isTaken()) {
            throw taken();
        }
    }

    private StartFailure taken() {
        var holder = InstanceFile.read(this)
                .map(instance -> " (process %d, %s)".formatted(instance.pid(), instance.url()))
                .orElse("");
        return new StartFailure(
                "an instance runs on the data folder %s already%s.%nUse it, or stop it: ./spanlake stop --data %s"
                        .formatted(root, holder, root));
    }

    /** Whether some process serves the folder now. */
    public boolean isTaken() {
        try (var channel = FileChannel.open(file("lock"), StandardOpenOption.WRITE)) {
            var lock = channel.tryLock();
            if (lock == null) {
                return true;
            }
            lock.release();
            return false;
        } catch (NoSuchFileException nobodyEver) {
            return false;
        } catch (IOException e) {
            throw new StartFailure("the data folder %s cannot be read: %s".formatted(root, e), e);
        }
    }

    private void checkVersion() throws IOException {
        var file = file("version");
        if (!Files.exists(file)) {
            PrivateFiles.write(file, VERSION + "\n");
            return;
        }
        var found = parsed(Files.readString(file).strip());
        if (found.isEmpty() || found.get() > VERSION) {
            throw new StartFailure(
                    "the data folder %s is of version %s, this Spanlake knows up to %d: it was written by a newer one.%nUse that one, or another folder: --data DIR"
                            .formatted(root, Files.readString(file).strip(), VERSION));
        }
    }

    private static Optional<Integer> parsed(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private void checkSpace() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < FREE_BYTES_MIN) {
            throw new StartFailure(
                    "the disk of %s is full: %d MiB are free, at least %d MiB are needed to start.%nMake room, or choose another folder: --data DIR"
                            .formatted(root, free >> 20, FREE_BYTES_MIN >> 20));
        }
    }
}

package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class FolderBlobStoreTest extends BlobStoreContract {
    private final Scheduler disk = Schedulers.newBoundedElastic(4, 1000, "blob-disk");

    private final Path folder;

    FolderBlobStoreTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    BlobStore store() {
        return FolderBlobStore.open(folder.resolve("blobs"), disk, Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        disk.dispose();
    }

    @Test
    void blobsAreFilesWhereTheirNameSays() throws IOException {
        put(store(), "orgs/1/a.wal", "x");

        assertThat(Files.readString(folder.resolve("blobs/orgs/1/a.wal"))).isEqualTo("x");
    }

    @Test
    void blobsAreThereAfterARestart() {
        put(store(), "a/b", "x");

        assertThat(store().read(name("a/b"), 0, 1).block()).isEqualTo(bytes("x"));
    }

    @Test
    void whoReadsMuchHasThreadsOfTheirOwn() {
        var own = Schedulers.newBoundedElastic(1, 10, "own");
        var busy = new CountDownLatch(1);
        try {
            put(store(), "a", "x");
            own.schedule(() -> await(busy));

            var waiting = store().on(own).read(name("a"), 0, 1).toFuture();

            assertThat(store().read(name("a"), 0, 1).block()).isEqualTo(bytes("x"));
            assertThat(waiting).isNotDone();
            busy.countDown();
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(bytes("x"));
        } finally {
            own.dispose();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aReaderThatLeavesIsNoFault() throws InterruptedException {
        var dropped = new ConcurrentLinkedQueue<Throwable>();
        Hooks.onErrorDropped(dropped::add);
        try {
            put(store(), "large", "x".repeat(8 << 20));
            for (int i = 0; i < 100; i++) {
                var reading = store().read(name("large"), 0, 8 << 20).subscribe();
                TimeUnit.MICROSECONDS.sleep(50L * i);
                reading.dispose();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        } finally {
            Hooks.resetOnErrorDropped();
        }

        assertThat(dropped).isEmpty();
    }

    @Test
    void whatAKilledPutLeftIsNoBlobAndIsRemovedAtStart() throws IOException {
        put(store(), "a", "x");
        var leftover = folder.resolve("blobs/~incoming/7");
        Files.writeString(leftover, "half a blo");
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));

        assertThat(store().list("").collectList().block())
                .extracting(BlobEntry::name)
                .containsExactly(name("a"));
        assertThat(leftover).doesNotExist();
    }

    @Test
    void whatAnotherProcessIsPuttingStays() throws IOException {
        store();
        var underWay = folder.resolve("blobs/~incoming/0");
        Files.writeString(underWay, "half a blo");

        put(store(), "a", "x");

        assertThat(underWay).exists();
        assertThat(store().read(name("a"), 0, 1).block()).isEqualTo(bytes("x"));
    }

    @Test
    void aPutLeavesNoTemporaryFile() {
        var store = store();
        put(store, "a", "x");
        StepVerifier.create(store.putIfAbsent(name("a"), List.of(bytes("y")))).verifyError(BlobExistsException.class);

        assertThat(folder.resolve("blobs/~incoming")).isEmptyDirectory();
    }

    @Test
    void aBlobCannotTakeTheNameOfAFolder() {
        var store = store();
        put(store, "a/b", "x");

        StepVerifier.create(store.putIfAbsent(name("a"), List.of(bytes("y"))))
                .verifyErrorSatisfies(fault -> assertThat(fault).hasMessageContaining("both a blob and a folder"));
        StepVerifier.create(store.putIfAbsent(name("a/b/c"), List.of(bytes("y"))))
                .verifyErrorSatisfies(fault -> assertThat(fault).hasMessageContaining("both a blob and a folder"));
    }

    @Test
    void noPrefixLeadsOutOfTheFolder() {
        var store = store();

        StepVerifier.create(store.list("../")).verifyError(BlobStoreException.class);
        StepVerifier.create(store.list("/etc/")).verifyError(BlobStoreException.class);
        assertThatThrownBy(() -> name("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    /** On a disk of one megabyte, which only some machines let a test make. */
    @Test
    void aFullDiskIsNamedAndLeavesNoPartialBlob() throws Exception {
        var small = Files.createDirectories(folder.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
                "skipped: this machine lets no test mount a small disk");
        try {
            var store = FolderBlobStore.open(small.resolve("blobs"), disk, Duration.ofSeconds(20));
            put(store, "before", "x");

            StepVerifier.create(store.putIfAbsent(name("large"), List.of(randomBytes(2_000_000))))
                    .verifyErrorSatisfies(fault -> assertThat(fault)
                            .isInstanceOf(BlobStoreException.class)
                            .hasMessageContaining("is full")
                            .hasMessageContaining("2000000 bytes"));

            var file =
                    Files.write(folder.resolve("large"), randomBytes(2_000_000).toArray());
            StepVerifier.create(store.putFileIfAbsent(name("large"), file))
                    .verifyErrorSatisfies(fault ->
                            assertThat(fault).hasMessageContaining("is full").hasMessageContaining("2000000 bytes"));

            assertThat(store.list("").map(BlobEntry::name).collectList().block())
                    .containsExactly(name("before"));
            assertThat(small.resolve("blobs/~incoming")).isEmptyDirectory();
            put(store, "after", "y");
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}

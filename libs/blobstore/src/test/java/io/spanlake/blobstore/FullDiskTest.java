package io.spanlake.blobstore;

import static io.spanlake.blobstore.BlobStoreContract.name;
import static io.spanlake.blobstore.BlobStoreContract.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.testkit.disk.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A disk comes to its end under a store, or under the cache before one, and gets room again. */
class FullDiskTest {
    private static final int BLOB = 300_000;
    private static final int BLOCK = 50_000;
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Scheduler threads = Schedulers.newBoundedElastic(4, 10_000, "disk");
    private final AtomicInteger reads = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path folder;
    private SmallDisk disk;

    FullDiskTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void mount() {
        disk = SmallDisk.mount(folder.resolve("small"), 1);
    }

    @AfterEach
    void stop() {
        threads.dispose();
        disk.close();
    }

    private FolderBlobStore store(Path root) {
        return FolderBlobStore.open(root, threads, WITHIN);
    }

    private long filesOnDisk() throws IOException {
        try (var files = Files.walk(disk.folder())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aPutOnAFullDiskIsAnErrorThatSaysSoAndLeavesNothing() throws IOException {
        var store = store(disk.folder().resolve("blobs"));
        store.putIfAbsent(name("before"), List.of(randomBytes(BLOB))).block();
        disk.fill(BLOB / 2);
        long files = filesOnDisk();

        assertThatThrownBy(() -> store.putIfAbsent(name("full"), List.of(randomBytes(BLOB)))
                        .block())
                .hasMessageContaining("is full")
                .hasMessageContaining("full were not stored");

        assertThat(filesOnDisk()).isEqualTo(files);
        assertThatThrownBy(() -> store.stat(name("full")).block()).isInstanceOf(BlobNotFoundException.class);
        assertThat(store.read(name("before"), 0, BLOB).block()).isEqualTo(randomBytes(BLOB));
        disk.makeRoom();
        store.putIfAbsent(name("full"), List.of(randomBytes(BLOB))).block();
        assertThat(store.read(name("full"), 0, BLOB).block()).isEqualTo(randomBytes(BLOB));
    }

    private BlockCache cache() {
        var origin = store(folder.resolve("blobs"));
        for (var blob : List.of("a", "b")) {
            origin.putIfAbsent(name(blob), List.of(randomBytes(BLOB))).block();
        }
        var settings = new BlockCacheSettings(disk.folder().resolve("cache"), 64 << 20, BLOCK, WITHIN);
        return BlockCache.open(new CountedReads(origin, reads), settings, threads, "test", meters);
    }

    private void readWhole(BlockCache cache, String blob) {
        assertThat(cache.read(name(blob), 0, BLOB).block()).isEqualTo(randomBytes(BLOB));
    }

    @Test
    void readsGoPastACacheWhoseDiskIsFullAndAreKeptOnceThereIsRoom() {
        var cache = cache();
        disk.fill(0);

        readWhole(cache, "a");
        readWhole(cache, "a");
        int past = reads.get();
        disk.makeRoom();
        readWhole(cache, "a");
        readWhole(cache, "a");

        assertThat(past).as("reads of the store while the disk was full").isEqualTo(2 * BLOB / BLOCK);
        assertThat(reads.get()).as("and in all").isEqualTo(3 * BLOB / BLOCK);
    }

    /** Else it would keep for ever what it had when a neighbour filled the disk, and nothing that is read now. */
    @Test
    void oldBlocksGiveWayOnAFullDiskToThoseThatAreReadNow() {
        var cache = cache();
        readWhole(cache, "a");
        disk.fill(0);

        for (int i = 0; i < 4; i++) {
            readWhole(cache, "b");
        }
        int before = reads.get();
        readWhole(cache, "b");

        assertThat(reads.get() - before).as("blocks that are still not kept").isZero();
        assertThat(cache.read(name("a"), 0, BLOB).block()).isEqualTo(randomBytes(BLOB));
    }
}

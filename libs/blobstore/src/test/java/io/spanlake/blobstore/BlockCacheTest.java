package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BlockCacheTest extends BlobStoreContract {
    private static final int BLOCK = 1000;

    private final Scheduler disk = Schedulers.newBoundedElastic(4, 10_000, "cache-disk");
    private final AtomicInteger reads = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final Path folder;

    BlockCacheTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    BlockCache store() {
        return cacheOf(8 * 4096);
    }

    private BlockCache cacheOf(long bytesMax) {
        var origin = FolderBlobStore.open(folder.resolve("blobs"), disk, Duration.ofSeconds(20));
        var settings = new BlockCacheSettings(folder.resolve("cache"), bytesMax, BLOCK, Duration.ofSeconds(5));
        return BlockCache.open(new CountedReads(origin, reads), settings, disk, "test", meters);
    }

    @AfterEach
    void stop() {
        disk.dispose();
    }

    private double count(String meter) {
        return meters.get("spanlake.blockcache." + meter).counter().count();
    }

    private List<Path> blockFiles() throws IOException {
        try (var files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void aBlockIsReadFromTheStoreOnce() {
        var cache = store();
        cache.putIfAbsent(name("a"), List.of(randomBytes(2500))).block();

        for (int i = 0; i < 5; i++) {
            assertThat(cache.read(name("a"), 900, 300).block())
                    .isEqualTo(randomBytes(2500).slice(900, 300));
        }

        assertThat(reads).hasValue(2);
    }

    @Test
    void manyWhoWantOneBlockShareOneRead() {
        var cache = store();
        cache.putIfAbsent(name("a"), List.of(randomBytes(500))).block();

        Flux.range(0, 50).flatMap(_ -> cache.read(name("a"), 0, 500), 50).blockLast();

        assertThat(reads).hasValue(1);
    }

    @Test
    void aFaultOfTheStoreIsNotRemembered() {
        var cache = store();
        StepVerifier.create(cache.read(name("late"), 0, 1)).verifyError(BlobNotFoundException.class);

        put(cache, "late", "x");

        assertThat(cache.read(name("late"), 0, 1).block()).isEqualTo(bytes("x"));
    }

    @Test
    void theLeastRecentlyUsedGivesWayAndTheBoundHolds() throws IOException {
        var cache = cacheOf(3 * 4096);
        for (var blob : List.of("a", "b", "c", "d")) {
            put(cache, blob, blob);
        }
        List.of("a", "b", "c", "a", "d")
                .forEach(blob -> cache.read(name(blob), 0, 1).block());
        assertThat(blockFiles()).hasSize(3);
        reads.set(0);

        cache.read(name("a"), 0, 1).block();
        cache.read(name("c"), 0, 1).block();
        cache.read(name("d"), 0, 1).block();
        assertThat(reads).hasValue(0);
        cache.read(name("b"), 0, 1).block();

        assertThat(reads).hasValue(1);
        assertThat(meters.get("spanlake.blockcache.size").gauge().value()).isEqualTo(3 * 4096);
    }

    @Test
    void aDeletedBlobIsNotReadFromTheCache() throws IOException {
        var cache = store();
        put(cache, "a", "x");
        cache.read(name("a"), 0, 1).block();

        cache.delete(List.of(name("a"))).block();

        StepVerifier.create(cache.read(name("a"), 0, 1)).verifyError(BlobNotFoundException.class);
        assertThat(blockFiles()).isEmpty();
    }

    @Test
    void itStartsEmpty() throws IOException {
        var first = store();
        put(first, "a", "x");
        first.read(name("a"), 0, 1).block();

        store();

        assertThat(blockFiles()).isEmpty();
    }

    @Nested
    class WhenTheDiskFails {
        private final ByteSlice whole = randomBytes(BLOCK);

        private BlockCache cacheWithABlock() {
            var cache = store();
            cache.putIfAbsent(name("a"), List.of(whole)).block();
            cache.read(name("a"), 0, BLOCK).block();
            return cache;
        }

        @Test
        void aChangedByteIsFoundAndTheBlockFetchedAgain() throws IOException {
            var cache = cacheWithABlock();
            for (int at : new int[] {0, BLOCK / 2, BLOCK - 1, BLOCK, BLOCK + 3}) {
                var file = blockFiles().getFirst();
                var bytes = Files.readAllBytes(file);
                bytes[at] ^= 0x10;
                Files.write(file, bytes);

                assertThat(cache.read(name("a"), 0, BLOCK).block()).isEqualTo(whole);
            }
            assertThat(count("corrupt")).isEqualTo(5);
        }

        @Test
        void aTruncatedFileIsFoundToo() throws IOException {
            var cache = cacheWithABlock();
            Files.write(blockFiles().getFirst(), new byte[10]);

            assertThat(cache.read(name("a"), 0, BLOCK).block()).isEqualTo(whole);
            assertThat(count("corrupt")).isEqualTo(1);
        }

        @Test
        void anothersBlockIsNotBelieved() throws IOException {
            var cache = cacheWithABlock();
            var fileOfA = blockFiles().getFirst();
            cache.putIfAbsent(name("b"), List.of(randomBytes(BLOCK + 1).slice(0, BLOCK)))
                    .block();
            cache.read(name("b"), 0, BLOCK).block();
            var fileOfB = blockFiles().stream()
                    .filter(file -> !file.equals(fileOfA))
                    .findFirst()
                    .orElseThrow();
            Files.write(fileOfA, Files.readAllBytes(fileOfB));

            assertThat(cache.read(name("a"), 0, BLOCK).block()).isEqualTo(whole);
        }

        @Test
        void aDeletedFolderIsMadeAgain() throws IOException {
            var cache = cacheWithABlock();
            for (var file : blockFiles()) {
                Files.delete(file);
            }
            Files.delete(folder.resolve("cache"));

            assertThat(cache.read(name("a"), 0, BLOCK).block()).isEqualTo(whole);
            assertThat(blockFiles()).hasSize(1);
            assertThat(count("faults")).isEqualTo(1);
        }

        @Test
        void aDiskThatTakesNothingIsPassedBy() throws IOException {
            var cache = cacheWithABlock();
            for (var file : blockFiles()) {
                Files.delete(file);
            }
            Files.delete(folder.resolve("cache"));
            Files.writeString(folder.resolve("cache"), "a file where the folder was");

            for (int i = 0; i < 3; i++) {
                assertThat(cache.read(name("a"), 0, BLOCK).block()).isEqualTo(whole);
            }
            assertThat(count("faults")).isGreaterThanOrEqualTo(3);
        }
    }
}

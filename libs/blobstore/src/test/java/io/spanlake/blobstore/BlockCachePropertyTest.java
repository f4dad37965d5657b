package io.spanlake.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reads through the cache give what plain reads give: any blobs, ranges, sizes of block and cache, damage, at once. */
class BlockCachePropertyTest {
    private static final Scheduler DISK = Schedulers.newBoundedElastic(4, 100_000, "cache-disk");

    record Read(int blob, int offset, int bytesMax) {}

    @Provide
    Arbitrary<List<Read>> reads() {
        var offsets = Arbitraries.integers().between(0, 700);
        var lengths = Arbitraries.integers().between(0, 700);
        return Combinators.combine(Arbitraries.integers().between(0, 9), offsets, lengths)
                .as(Read::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 100)
    void theCacheNeverChangesAnAnswer(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 0, max = 600) Integer> blobBytes,
            @ForAll("reads") List<Read> reads,
            @ForAll @IntRange(min = 1, max = 200) int blockBytes,
            @ForAll @IntRange(min = 1, max = 20) int blocksMax,
            @ForAll @IntRange(min = 1, max = 8) int atOnce,
            @ForAll long seed)
            throws IOException {
        var folder = Files.createTempDirectory("block-cache");
        var plain = FolderBlobStore.open(folder.resolve("blobs"), DISK, Duration.ofSeconds(20));
        var settings =
                new BlockCacheSettings(folder.resolve("cache"), blocksMax * 4096L, blockBytes, Duration.ofSeconds(5));
        var cache = BlockCache.open(plain, settings, DISK, "test", new SimpleMeterRegistry());
        var random = new Random(seed);
        for (int i = 0; i < blobBytes.size(); i++) {
            var bytes = new byte[blobBytes.get(i)];
            random.nextBytes(bytes);
            cache.putIfAbsent(nameOf(i), List.of(ByteSlice.of(bytes))).block();
        }

        Flux.fromIterable(reads)
                .map(read -> new Read(read.blob() % blobBytes.size(), read.offset(), read.bytesMax()))
                .doOnNext(_ -> damageOne(folder.resolve("cache"), random))
                .flatMap(
                        read -> plain.readUpTo(nameOf(read.blob()), read.offset(), read.bytesMax())
                                .zipWith(cache.readUpTo(nameOf(read.blob()), read.offset(), read.bytesMax()))
                                .doOnNext(both ->
                                        assertThat(both.getT2()).as("%s", read).isEqualTo(both.getT1())),
                        atOnce)
                .blockLast();

        delete(folder);
    }

    /** Now and then one byte of one file changes, or the file goes. */
    private static void damageOne(Path cache, Random random) {
        if (random.nextInt(10) > 0) {
            return;
        }
        try (var files = Files.list(cache)) {
            var some = files.findAny();
            if (some.isEmpty()) {
                return;
            }
            if (random.nextBoolean()) {
                Files.deleteIfExists(some.get());
                return;
            }
            var bytes = Files.readAllBytes(some.get());
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= 1;
                Files.write(some.get(), bytes, java.nio.file.StandardOpenOption.WRITE);
            }
        } catch (IOException goneMeanwhile) {
            // The cache evicted it: no damage done this time.
        }
    }

    private static BlobName nameOf(int blob) {
        return new BlobName("blob/" + blob);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

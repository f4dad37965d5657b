package io.spanlake.rebuild;

import static io.spanlake.rebuild.History.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A catalog is lost in the middle of a random life, and made again from the blobs. */
class RebuildTest {
    private static final Scheduler DISK = Schedulers.newBoundedElastic(4, 1_000, "test-disk");
    private static final Scheduler DECODE = Schedulers.newBoundedElastic(2, 1_000, "test-decode");
    private static final int STEPS = 150;

    @AfterAll
    static void close() {
        DISK.dispose();
        DECODE.dispose();
    }

    private static BlobStore store(Path folder) {
        return FolderBlobStore.open(folder, DISK, Duration.ofSeconds(10));
    }

    private static Rebuild rebuild(BlobStore store, Database into) {
        return new Rebuild(store, into.rebuild, DECODE, InstantSource.system(), said -> {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyWriteIsWhereItWasAndWhatWasDeletedStaysGone(long seed, @TempDir Path folder) {
        var store = store(folder);
        try (var lost = new Database();
                var found = new Database()) {
            var history = new History(store, lost, new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            history.endWithRivals();

            var rebuilt = await(rebuild(store, found).run(Map.of(), Duration.ZERO));

            assertThat(rebuilt.problems()).as("seed %d", seed).isEmpty();
            assertThat(history.swapped).as("swaps, seed %d", seed).isGreaterThan(5);
            assertThat(history.abandoned)
                    .as("swaps that were not made, seed %d", seed)
                    .isPositive();
            assertSame(history, lost, found, seed);
            assertItGoesOn(history, found, seed);
        }
    }

    private static void assertSame(History history, Database lost, Database found, long seed) {
        for (int object = 0; object < history.objects.length; object++) {
            var places = history.places(found, object);
            assertThat(places).as("doubled, seed %d", seed).doesNotHaveDuplicates();
            assertThat(history.visible(found, object))
                    .as("seed %d, object %d", seed, object)
                    .isEqualTo(history.expected(lost, object))
                    .isEqualTo(history.visible(lost, object));
            assertThat(history.snapshot(found, object).wal().values())
                    .allSatisfy(position -> assertThat(position.stopped()).isEmpty());
        }
    }

    private static void assertItGoesOn(History history, Database found, long seed) {
        history.goOnWith(found);
        for (int step = 0; step < STEPS / 2; step++) {
            history.step();
        }
        history.flushAll();
        for (int object = 0; object < history.objects.length; object++) {
            assertThat(history.visible(found, object))
                    .as("after the rebuild, seed %d, object %d", seed, object)
                    .isEqualTo(history.expected(found, object));
        }
    }

    @Test
    void aCatalogThatIsNotEmptyIsLeftAlone(@TempDir Path folder) {
        var store = store(folder);
        try (var database = new Database()) {
            new History(store, database, new Random(1));

            assertThatThrownBy(() -> await(rebuild(store, database).run(Map.of(), Duration.ZERO)))
                    .hasMessageContaining("not empty");
        }
    }
}

package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;
import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static io.spanlake.storage.wal.WriteFixtures.joined;
import static io.spanlake.storage.wal.WriteFixtures.section;
import static io.spanlake.storage.wal.WriteFixtures.traffic;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.CountingBlobStore;
import io.spanlake.storage.container.CountingBlobStore.Read;
import io.spanlake.storage.container.CountingScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class WalBlobsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<Write> writes = traffic(5, 2_000, 1_000);
    private final EncodedWalObject encoded = WalObjectWriter.encode(
            ORGANIZATION, List.of(section(0, traffic(6, 50, 500)), section(3, writes)), WalEncoding.DEFAULT);
    private final BlobName name = WalBlobNames.fresh(ORGANIZATION, Instant.EPOCH, new Random(4));
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private final CountingScheduler decode = new CountingScheduler(Schedulers.newBoundedElastic(1, 100, "test-decode"));

    private final CountingBlobStore store;
    private final WalBlobs blobs;

    WalBlobsTest(@TempDir Path folder) {
        store = new CountingBlobStore(FolderBlobStore.open(folder, disk, SOON));
        blobs = new WalBlobs(store, decode);
    }

    @BeforeEach
    void put() {
        store.putIfAbsent(name, encoded.parts()).block(SOON);
    }

    @AfterEach
    void stop() {
        disk.dispose();
        decode.dispose();
    }

    @Test
    void theFooterIsOneRead() {
        var footer = footer();

        assertThat(footer).isEqualTo(WalObjectReader.footerOf(joined(encoded)));
        assertThat(store.reads)
                .containsExactly(new Read(encoded.footerOffset(), (int) (encoded.bytes() - encoded.footerOffset())));
    }

    @Test
    void theWritesOfAnObjectAreOneRead() {
        var footer = footer();
        var blocks = footer.blocksOf(LOGS, 3);
        store.reads.clear();

        var read = blobs.writes(name.value(), footer, LOGS, 3).collectList().block(SOON);

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(writes.stream()
                        .filter(write -> write.object().equals(LOGS))
                        .toList());
        assertThat(blocks).hasSizeGreaterThan(3);
        assertThat(store.reads).containsExactly(new Read(blocks.getFirst().offset(), (int)
                (blocks.getLast().end() - blocks.getFirst().offset())));
    }

    @Test
    void whatIsNotThereCostsNoRead() {
        var footer = footer();
        store.reads.clear();

        StepVerifier.create(blobs.writes(name.value(), footer, DATASET, 1)).verifyComplete();

        assertThat(store.reads).isEmpty();
    }

    @Test
    void blocksAreDecodedAsTheyAreAskedForOnTheSchedulerHandedIn() {
        var footer = footer();
        var blocks = footer.blocksOf(LOGS, 3);
        int firstBlock = blocks.getFirst().writes().size();
        decode.tasks.set(0);

        var some = blobs.writes(name.value(), footer, LOGS, 3).take(firstBlock);

        StepVerifier.create(some).expectNextCount(firstBlock).verifyComplete();
        assertThat(blocks).hasSizeGreaterThan(3);
        assertThat(decode.tasks).hasValueBetween(1, 2);
    }

    @Test
    void damageNamesTheBlob() {
        var footer = footer();
        var block = footer.blocksOf(LOGS, 3).getFirst();
        var damaged = joined(encoded).toArray();
        damaged[(int) block.offset() + 100] ^= 1;
        var other = WalBlobNames.fresh(ORGANIZATION, Instant.EPOCH, new Random(5));
        store.putIfAbsent(other, List.of(ByteSlice.of(damaged))).block(SOON);

        StepVerifier.create(blobs.writes(other.value(), footer, LOGS, 3))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CorruptBlobException.class)
                        .hasMessageContaining(other.value())
                        .hasMessageContaining("block at " + block.offset()));
    }

    @Test
    void aPlaceThatCannotBeIsAnErrorOfTheBlob() {
        StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), encoded.bytes() + 1))
                .verifyError(CorruptBlobException.class);
        StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), -1)).verifyError(CorruptBlobException.class);
        StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), encoded.footerOffset() - 1))
                .verifyError(CorruptBlobException.class);
    }

    @Test
    void aBlobThatIsGoneIsTheStoresError() {
        store.delete(List.of(name)).block(SOON);

        StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), encoded.footerOffset()))
                .verifyError(BlobNotFoundException.class);
    }

    private WalFooter footer() {
        return Objects.requireNonNull(blobs.footer(name.value(), encoded.bytes(), encoded.footerOffset())
                .block(SOON));
    }
}

package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.DATASET;
import static io.spanlake.storage.processed.StateFixtures.LOGS;
import static io.spanlake.storage.processed.StateFixtures.ORGANIZATION;
import static io.spanlake.storage.processed.StateFixtures.OTHER_SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.SEGMENT;
import static io.spanlake.storage.processed.StateFixtures.bytesOf;
import static io.spanlake.storage.processed.StateFixtures.encoded;
import static io.spanlake.storage.processed.StateFixtures.joined;
import static io.spanlake.storage.processed.StateFixtures.section;
import static io.spanlake.storage.processed.StateFixtures.traffic;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class ProcessedBlobsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<RowState> states = traffic(LOGS, 5, 2_000, 1_000);
    private final EncodedProcessedBlob encoded = encoded(
            ProcessedEncoding.DEFAULT,
            List.of(
                    section(OTHER_SEGMENT, DATASET, 0, traffic(DATASET, 6, 50, 500)),
                    section(SEGMENT, LOGS, 0, states)));
    private final BlobName name = ProcessedBlobNames.fresh(ORGANIZATION, Instant.EPOCH, new Random(4));
    private final Scheduler disk = Schedulers.newBoundedElastic(2, 100, "test-disk");
    private final CountingScheduler decode = new CountingScheduler(Schedulers.newBoundedElastic(1, 100, "test-decode"));

    private final CountingBlobStore store;
    private final ProcessedBlobs blobs;

    ProcessedBlobsTest(@TempDir Path folder) {
        store = new CountingBlobStore(FolderBlobStore.open(folder, disk, SOON));
        blobs = new ProcessedBlobs(store, decode);
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

        assertThat(footer).isEqualTo(ProcessedBlobReader.footerOf(joined(encoded)));
        assertThat(store.reads)
                .containsExactly(new Read(encoded.footerOffset(), (int) (encoded.bytes() - encoded.footerOffset())));
    }

    @Test
    void theStatesOfASegmentAreOneReadWithoutItsFilters() {
        var footer = footer();
        store.reads.clear();

        var frames = Objects.requireNonNull(
                blobs.frames(name.value(), footer, SEGMENT).collectList().block(SOON));

        var summary = encoded.sections().get(1);
        assertThat(frames).hasSizeGreaterThan(3);
        assertThat(frames.stream().map(ProcessedFrame::ref).toList()).isEqualTo(footer.framesOf(SEGMENT));
        assertThat(bytesOf(frames.stream()
                        .flatMap(frame -> frame.states().stream())
                        .toList()))
                .isEqualTo(bytesOf(states));
        assertThat(store.reads).containsExactly(new Read(summary.offset(), (int) summary.length()));
    }

    @Test
    void aFrameIsOneRead() {
        var frame = footer().framesOf(SEGMENT).get(1);
        store.reads.clear();

        var read = Objects.requireNonNull(blobs.frame(name.value(), LOGS, frame).block(SOON));

        assertThat(read).hasSameSizeAs(frame.rows());
        assertThat(store.reads).containsExactly(new Read(frame.offset(), frame.length()));
    }

    @Test
    void aFrameIsReadAgainByLessThanItsRef() {
        var frame = footer().framesOf(SEGMENT).get(1);

        var again = Objects.requireNonNull(
                blobs.open(name.value(), LOGS, FrameOutline.of(frame)).block(SOON));

        assertThat(again.json()).hasSize(again.rows());
        assertThat(again.states())
                .usingRecursiveComparison()
                .isEqualTo(blobs.frame(name.value(), LOGS, frame).block(SOON));
    }

    @Test
    void theFiltersOfASectionAreOneReadAndTellItsFramesApart() {
        var section = footer().sections().get(1);
        var first = Objects.requireNonNull(
                blobs.frame(name.value(), LOGS, section.frames().getFirst()).block(SOON));
        store.reads.clear();

        var filters =
                Objects.requireNonNull(blobs.filters(name.value(), section).block(SOON));

        assertThat(store.reads).hasSize(1);
        assertThat(filters).hasSameSizeAs(section.frames());
        var text = first.getFirst().json(new RowIdentity(ORGANIZATION, new UUID(1, 1), LOGS));
        assertThat(text.length()).isGreaterThan(500);
        first.forEach(state -> state.forEachPiece(piece ->
                assertThat(filters.getFirst().mayHaveWords(piece.toUtf8())).isTrue()));
        assertThat(filters).noneMatch(filter -> filter.mayHaveWords("nothingofthekind"));
    }

    @Test
    void whatIsNotThereCostsNoRead() {
        var footer = footer();
        store.reads.clear();

        StepVerifier.create(blobs.frames(name.value(), footer, new UUID(9, 9))).verifyComplete();

        assertThat(store.reads).isEmpty();
    }

    @Test
    void framesAreDecodedAsTheyAreAskedForOnTheSchedulerHandedIn() {
        var footer = footer();
        decode.tasks.set(0);

        StepVerifier.create(blobs.frames(name.value(), footer, SEGMENT).take(1))
                .expectNextCount(1)
                .verifyComplete();

        // A frame that was decoded before it was asked for is handed over by a task of its own.
        assertThat(footer.framesOf(SEGMENT)).hasSizeGreaterThan(3);
        assertThat(decode.tasks).hasValueBetween(1, 2);
    }

    @Test
    void damageNamesTheBlob() {
        var footer = footer();
        var frame = footer.framesOf(SEGMENT).getFirst();
        var damaged = joined(encoded).toArray();
        damaged[(int) frame.offset() + 100] ^= 1;
        damaged[(int) frame.filter().offset() + 5] ^= 1;
        var other = ProcessedBlobNames.fresh(ORGANIZATION, Instant.EPOCH, new Random(5));
        store.putIfAbsent(other, List.of(ByteSlice.of(damaged))).block(SOON);

        StepVerifier.create(blobs.frames(other.value(), footer, SEGMENT))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CorruptBlobException.class)
                        .hasMessageContaining(other.value())
                        .hasMessageContaining("frame at " + frame.offset()));
        StepVerifier.create(blobs.filters(other.value(), footer.sections().get(1)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CorruptBlobException.class)
                        .hasMessageContaining(other.value()));
    }

    @Test
    void aPlaceThatCannotBeIsAnErrorOfTheBlob() {
        for (long offset : new long[] {encoded.bytes() + 1, -1, encoded.footerOffset() - 1}) {
            StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), offset))
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(CorruptBlobException.class)
                            .hasMessageContaining(name.value()));
        }
    }

    @Test
    void aBlobThatIsGoneIsTheStoresError() {
        store.delete(List.of(name)).block(SOON);

        StepVerifier.create(blobs.footer(name.value(), encoded.bytes(), encoded.footerOffset()))
                .verifyError(BlobNotFoundException.class);
    }

    private ProcessedFooter footer() {
        return Objects.requireNonNull(blobs.footer(name.value(), encoded.bytes(), encoded.footerOffset())
                .block(SOON));
    }
}

package io.spanlake.segments.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.segments.Failpoints;
import io.spanlake.segments.SegmentProcessor;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.SegmentsProperties;
import io.spanlake.segments.SegmentsSchedulers;
import io.spanlake.segments.commit.CutCommits;
import io.spanlake.segments.fold.CutFolder;
import io.spanlake.segments.look.FooterRecall;
import io.spanlake.segments.look.Lookout;
import io.spanlake.segments.place.SegmentIds;
import io.spanlake.segments.place.SegmentLimits;
import io.spanlake.segments.read.CutReader;
import io.spanlake.segments.read.LogReplay;
import io.spanlake.segments.store.CutStore;
import io.spanlake.segments.wake.Ownership;
import io.spanlake.segments.wake.Tasks;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedFooter;
import io.spanlake.storage.processed.ProcessedSection;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Rival processors, all stages of each, on one thread and in virtual time; what happens when is the
 * seed's. Puts, reads and commits fail, answers are lost, blobs of the log vanish, cuts are given up, processors
 * die, and rivals hold the same partitions. Whatever happens, the log is cut once, in order, without a hole.
 */
@Timeout(120)
class SegmentProcessorSimulationTest {
    private static final int PARTITIONS = 3;
    private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");

    private static final SegmentsProperties PROPERTIES = new SegmentsProperties(
            "sim",
            Duration.ofSeconds(1),
            DataSize.ofKilobytes(16),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            DataSize.ofKilobytes(64),
            30,
            Duration.ofSeconds(5),
            DataSize.ofKilobytes(8),
            20,
            Duration.ofMillis(700),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(6));

    @ParameterizedTest
    @MethodSource("seeds")
    void theLogIsCutOnceInOrderWithoutAHole(long seed) {
        var world = new World(seed);

        world.runWithFaults();
        world.runToTheEnd();

        world.assertEveryCutFollowsTheOneBefore();
        world.assertEveryWriteIsProcessedOnceOrMissing();
        world.assertSegmentsKeepTheirObject();
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("spanlake.segments.seeds", 60));
    }

    private static final class World {
        private final Random random;
        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private final InstantSource clock = () -> T0.plusMillis(time.now(TimeUnit.MILLISECONDS));
        private final ModelCatalog catalog;
        private final ModelBlobs blobs;
        private final Map<String, List<Write>> kafka = new HashMap<>();
        private final List<String> logged = new ArrayList<>();
        private final List<Rival> rivals = new ArrayList<>();
        private int numbers;

        private record Rival(Ownership ownership, Disposable running) {}

        World(long seed) {
            random = new Random(seed);
            catalog = new ModelCatalog(random);
            blobs = new ModelBlobs(random, time);
        }

        void runWithFaults() {
            catalog.faults = random.nextDouble() * 0.2;
            blobs.faults = random.nextDouble() * 0.2;
            int rivalCount = random.nextInt(1, 4);
            for (int i = 0; i < rivalCount; i++) {
                start();
            }
            for (int step = 0; step < 300; step++) {
                time.advanceTimeBy(Duration.ofMillis(random.nextInt(1, 80)));
                if (random.nextInt(3) == 0) {
                    log(random.nextInt(PARTITIONS));
                }
                if (random.nextInt(60) == 0) {
                    rivals.remove(random.nextInt(rivals.size())).running().dispose();
                    start();
                }
                if (random.nextInt(20) == 0) {
                    moveAPartition();
                }
                if (random.nextInt(40) == 0) {
                    loseABlob();
                }
            }
        }

        void runToTheEnd() {
            catalog.faults = 0;
            blobs.faults = 0;
            while (rivals.size() > 1) {
                rivals.removeFirst().running().dispose();
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Tasks.begin(rivals.getFirst().ownership(), partition);
            }
            for (int step = 0; step < 1_200 && !isDone(); step++) {
                time.advanceTimeBy(Duration.ofMillis(100));
            }
            assertThat(isDone())
                    .as("processed %s of %s", catalog.offsets, catalog.walOffsets)
                    .isTrue();
        }

        private boolean isDone() {
            return catalog.offsets.equals(catalog.walOffsets);
        }

        /** Now and then both think that they have it. */
        private void moveAPartition() {
            int partition = random.nextInt(PARTITIONS);
            if (random.nextBoolean()) {
                Tasks.end(rivals.get(random.nextInt(rivals.size())).ownership(), partition);
            }
            Tasks.begin(rivals.get(random.nextInt(rivals.size())).ownership(), partition);
        }

        /** Half of those that are lost Kafka has forgotten too. */
        private void loseABlob() {
            catalog.last(random.nextInt(PARTITIONS)).ifPresent(section -> {
                blobs.lose(new BlobName(section.blobName()));
                if (random.nextBoolean()) {
                    kafka.remove(section.blobName());
                }
            });
        }

        private void log(int partition) {
            long first = catalog.walOffsets.getOrDefault(partition, 0L);
            long next = first + random.nextInt(1, 5);
            for (int organization = 0; organization < 2; organization++) {
                if (random.nextInt(3) > 0) {
                    section(partition, organization, first, next);
                }
            }
            catalog.walOffsets.put(partition, next);
            if (random.nextInt(4) > 0) {
                rivals.forEach(rival -> Tasks.wake(rival.ownership(), partition));
            }
        }

        private void section(int partition, int organization, long first, long next) {
            var owner = new OrganizationId(new UUID(1, organization));
            var writes = writes(partition, organization);
            var encoded = WalObjectWriter.encode(
                    owner, List.of(new SectionWrites(partition, 1, first, next, writes)), WalEncoding.DEFAULT);
            var name = WalBlobNames.fresh(owner, clock.instant(), random);
            blobs.keep(name, encoded.parts());
            kafka.put(name.value(), writes);
            var summary = encoded.sections().getFirst();
            catalog.log
                    .computeIfAbsent(partition, _ -> new ArrayList<>())
                    .add(new PendingSection(
                            name.value(),
                            owner,
                            encoded.bytes(),
                            encoded.footerOffset(),
                            partition,
                            1,
                            first,
                            next,
                            summary.writes(),
                            summary.stampSum(),
                            summary.objects()));
        }

        private List<Write> writes(int partition, int organization) {
            var writes = new ArrayList<Write>();
            int count = random.nextInt(1, 12);
            for (int i = 0; i < count; i++) {
                int number = numbers++;
                var object = new ObjectRef(ObjectType.PROJECT_LOGS, "p" + organization);
                var stamp = new Stamp(TransactionId.of(T0.getEpochSecond(), number >> 8), number & 0xFF);
                var write = new Write(
                        object,
                        "row-%d-%d".formatted(partition, random.nextInt(200)),
                        Optional.of("trace-%d-%d".formatted(partition, random.nextInt(40))),
                        stamp,
                        WriteKind.MERGE,
                        ByteSlice.ofUtf8("{\"x\":\"%s\"}".formatted("y".repeat(random.nextInt(600)))));
                writes.add(write);
                logged.add(name(write.rowId(), write.stamp()));
            }
            return writes;
        }

        private static String name(String row, Stamp stamp) {
            return row + "@" + stamp.paginationKey();
        }

        private void start() {
            var schedulers = new SegmentsSchedulers(time, time, time);
            var metrics = new SegmentsMetrics(new SimpleMeterRegistry());
            var ownership = new Ownership();
            var recall = new FooterRecall(catalog, new ProcessedBlobs(blobs, time), PROPERTIES.knownTraces());
            LogReplay replay = section -> Mono.justOrEmpty(kafka.get(section.blobName()));
            var processor = new SegmentProcessor(
                    new Lookout(ownership, catalog, catalog.wal(), recall, "sim", PROPERTIES, clock, metrics),
                    new CutReader(
                            new WalBlobs(blobs, time),
                            replay,
                            PROPERTIES.cutBytes().toBytes(),
                            clock,
                            metrics),
                    new CutFolder(
                            new SegmentLimits(64 << 10, 30, Duration.ofSeconds(5), 8 << 10),
                            clock,
                            () -> SegmentIds.fresh(clock, random),
                            metrics),
                    new CutStore(blobs, PROPERTIES, schedulers, clock, random, metrics),
                    new CutCommits(catalog, clock, metrics),
                    PROPERTIES,
                    schedulers,
                    Failpoints.NONE,
                    () -> {});
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (random.nextBoolean()) {
                    Tasks.begin(ownership, partition);
                }
            }
            rivals.add(new Rival(ownership, processor.run().subscribe(_ -> {}, e -> {
                throw new AssertionError("a run failed", e);
            })));
        }

        void assertEveryCutFollowsTheOneBefore() {
            var expected = new TreeMap<Integer, Long>();
            for (CutRange range : catalog.committed) {
                assertThat(range.first()).isEqualTo(expected.getOrDefault(range.partition(), 0L));
                expected.put(range.partition(), range.next());
            }
            assertThat(expected).isEqualTo(catalog.walOffsets);
        }

        void assertEveryWriteIsProcessedOnceOrMissing() {
            assertThat(catalog.unreadable)
                    .as("what is entered as missing Kafka has forgotten")
                    .noneMatch(gap -> kafka.containsKey(gap.walObject()));
            var processed = new ArrayList<String>();
            forEachSection((blob, section) -> section.frames().stream()
                    .flatMap(frame -> frame.rows().stream())
                    .forEach(row -> row.writes()
                            .forEach(write -> processed.add(
                                    row.rowHash() + "@" + write.stamp().paginationKey()))));
            assertThat(processed).doesNotHaveDuplicates();
            assertThat((long) processed.size())
                    .isEqualTo(logged.size()
                            - catalog.unreadable.stream()
                                    .mapToLong(gap -> gap.writes())
                                    .sum());
        }

        void assertSegmentsKeepTheirObject() {
            var homes = new HashMap<UUID, String>();
            forEachSection((blob, section) -> {
                var home = section.object() + " " + section.summary().partition();
                assertThat(homes.merge(section.segment(), home, (before, _) -> before))
                        .isEqualTo(home);
            });
        }

        private interface Seen {
            void section(CutBlob blob, ProcessedSection section);
        }

        private void forEachSection(Seen seen) {
            catalog.blobs.forEach((partition, listed) -> listed.forEach(blob -> {
                var whole = blobs.whole(new BlobName(blob.name()));
                var end = whole.slice((int) blob.footerOffset(), (int) (blob.bytes() - blob.footerOffset()));
                Objects.requireNonNull(ProcessedFooter.parse(end, blob.bytes())).sections().stream()
                        .filter(section -> section.summary().partition() == partition)
                        .forEach(section -> seen.section(blob, section));
            }));
        }
    }
}

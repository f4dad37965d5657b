package io.spanlake.wal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.catalog.UnreadableBlob;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectReader;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.wal.Failpoints;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.WalSchedulers;
import io.spanlake.wal.WalStreamer;
import io.spanlake.wal.announce.WalEvents;
import io.spanlake.wal.collect.FlushCollector;
import io.spanlake.wal.commit.FlushCommits;
import io.spanlake.wal.receive.LogRecord;
import io.spanlake.wal.store.FlushStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
 * Rival streamers, all stages of each, on one thread and in virtual time; what happens when is the seed's. Puts and commits fail, answers are lost, flushes are given up, streamers die, and rivals take each
 * other's partitions. Whatever happens, the log is listed once, in order, without a hole.
 */
@Timeout(60)
class WalStreamerSimulationTest {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 80;
    private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");

    private static final WalProperties PROPERTIES = new WalProperties(
            "sim",
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(5),
            50,
            DataSize.ofKilobytes(4),
            DataSize.ofKilobytes(64),
            Duration.ofMillis(700),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(6));

    @ParameterizedTest
    @MethodSource("seeds")
    void theLogIsListedOnceInOrderWithoutAHole(long seed) {
        var world = new World(seed);

        world.runWithFaults();
        world.runToTheEnd();

        world.assertEveryRangeFollowsTheOneBefore();
        world.assertEveryWriteIsListedOnce();
        assertThat(world.survivor().held).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("spanlake.wal.seeds", 60));
    }

    private static final class World {
        private final Random random;
        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private final InstantSource clock = () -> T0.plusMillis(time.now(TimeUnit.MILLISECONDS));
        private final ModelCatalog catalog;
        private final ModelBlobs blobs;
        private final List<List<LogRecord>> topic = new ArrayList<>();
        private final List<String> rows = new ArrayList<>();
        private final List<Disposable> rivals = new ArrayList<>();
        private final List<ModelLog> logs = new ArrayList<>();

        World(long seed) {
            random = new Random(seed);
            catalog = new ModelCatalog(random);
            blobs = new ModelBlobs(random, time);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                topic.add(records(partition));
            }
        }

        void runWithFaults() {
            catalog.faults = random.nextDouble() * 0.3;
            blobs.faults = random.nextDouble() * 0.5;
            int rivalCount = random.nextInt(1, 4);
            for (int i = 0; i < rivalCount; i++) {
                start();
            }
            for (int step = 0; step < 200; step++) {
                time.advanceTimeBy(Duration.ofMillis(random.nextInt(1, 50)));
                if (random.nextInt(40) == 0) {
                    rivals.remove(random.nextInt(rivals.size())).dispose();
                    start();
                }
            }
        }

        void runToTheEnd() {
            catalog.faults = 0;
            blobs.faults = 0;
            while (rivals.size() > 1) {
                rivals.removeFirst().dispose();
            }
            for (int step = 0; step < 600 && !isDone(); step++) {
                time.advanceTimeBy(Duration.ofMillis(100));
            }
            time.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(isDone())
                    .as("offsets in the catalog: %s", catalog.offsets)
                    .isTrue();
        }

        private boolean isDone() {
            return catalog.offsets.size() == PARTITIONS
                    && catalog.offsets.values().stream().allMatch(offset -> offset == RECORDS);
        }

        ModelLog survivor() {
            return logs.getLast();
        }

        private void start() {
            var schedulers = new WalSchedulers(time, time, time, time);
            var metrics = new WalMetrics(new SimpleMeterRegistry());
            var log = new ModelLog(topic, catalog, random, time);
            logs.add(log);
            var streamer = new WalStreamer(
                    () -> log,
                    new FlushCollector(PROPERTIES, clock, time, metrics),
                    new FlushStore(blobs, new NothingUnreadable(), PROPERTIES, schedulers, clock, random, metrics),
                    new FlushCommits(catalog, PROPERTIES, time, clock, random, metrics),
                    WalEvents.NONE,
                    Failpoints.NONE);
            rivals.add(streamer.run().subscribe(_ -> {}, e -> {
                throw new AssertionError("a run failed", e);
            }));
        }

        void assertEveryRangeFollowsTheOneBefore() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                long expected = 0;
                for (var range : ranges(partition)) {
                    assertThat(range.first()).isEqualTo(expected);
                    expected = range.next();
                }
                assertThat(expected).isEqualTo(RECORDS);
            }
        }

        private List<Range> ranges(int partition) {
            return catalog.listed.stream()
                    .filter(section -> section.partition() == partition)
                    .map(section -> new Range(section.first(), section.next()))
                    .distinct()
                    .toList();
        }

        void assertEveryWriteIsListedOnce() {
            var visible = new ArrayList<String>();
            for (var section : catalog.listed) {
                var contents = WalObjectReader.readAll(blobs.whole(new BlobName(section.blob())));
                contents.sections().stream()
                        .filter(of -> of.partition() == section.partition())
                        .filter(of -> of.first() == section.first() && of.next() == section.next())
                        .flatMap(of -> of.writes().stream())
                        .forEach(write -> visible.add(write.rowId()));
            }
            assertThat(visible).containsExactlyInAnyOrderElementsOf(rows);
        }

        private List<LogRecord> records(int partition) {
            var records = new ArrayList<LogRecord>();
            for (int offset = 0; offset < RECORDS; offset++) {
                var row = "%d-%d".formatted(partition, offset);
                var organization = new OrganizationId(new UUID(1, random.nextInt(3)));
                records.add(new LogRecord(offset, T0.toEpochMilli(), ByteSlice.of(record(organization, row))));
                rows.add(row);
            }
            return records;
        }

        /** Of version 1; or 2, small or so large that its block is copied. */
        private byte[] record(OrganizationId organization, String row) {
            if (random.nextInt(3) == 0) {
                var writer = new EnvelopeWriter(organization);
                writer.add(write(row, random.nextInt(1, 600)));
                return writer.toRecord();
            }
            int bytes = random.nextInt(8) == 0 ? LogRecord.COPIED_FROM_BYTES : random.nextInt(1, 600);
            try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
                var block = packer.pack(List.of(write(row, bytes))).getFirst();
                return new WritesRecord.Packed(organization, block).toRecord();
            }
        }

        private static Write write(String row, int bytes) {
            return new Write(
                    new ObjectRef(ObjectType.PROJECT_LOGS, "p"),
                    row,
                    Optional.empty(),
                    new Stamp(TransactionId.of(T0.getEpochSecond(), 1), 0),
                    WriteKind.FULL,
                    ByteSlice.ofUtf8("{\"x\":\"" + "y".repeat(bytes) + "\"}"));
        }
    }

    private record Range(long first, long next) {}

    /** All records of the simulation are envelopes. */
    private static final class NothingUnreadable implements UnreadableBlobs {
        @Override
        public Mono<Void> enter(List<UnreadableBlob> blobs) {
            assertThat(blobs).isEmpty();
            return Mono.empty();
        }

        @Override
        public Mono<Known> known(int limit) {
            return Mono.just(new Known(0, List.of()));
        }
    }
}

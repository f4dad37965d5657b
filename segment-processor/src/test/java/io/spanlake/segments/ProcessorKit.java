package io.spanlake.segments;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.PostgresWalSnapshots;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.processed.PostgresSegmentMemory;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.envelope.EnvelopeWriter;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedFooter;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Topics, a catalog and a blob folder, all real and all the test's own; with a write-ahead log that the test fills as the
 * streamer would, and a reader that lists what was processed.
 */
final class ProcessorKit implements AutoCloseable {
    final int partitions;
    final String topic;
    final String events;
    final TestDatabase database = PostgresServer.copyOf(
            "catalog", fresh -> CatalogMigrations.migrate(fresh.jdbcUrl(), fresh.user(), fresh.password()));
    final Path folder;
    final FaultyBlobs blobs;
    final FaultyCuts cuts;
    final WalCommits wal;
    final WalSnapshots snapshots;
    final SegmentMemory memory;
    private final CatalogDatabase catalog;
    private final KafkaBroker broker = KafkaBroker.shared();
    private final KafkaProducer<byte[], byte[]> producer;
    /** More threads than a sleeping processor can hold. */
    private final Scheduler disk = Schedulers.newBoundedElastic(16, 1_000, "test-disk");

    private final ProcessedBlobs reader;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Random random = new Random(1);
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final List<ProcessorUnderTest> started = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();

    ProcessorKit(Path folder, int partitions) {
        this.partitions = partitions;
        this.folder = folder;
        topic = broker.createTopic("writes", partitions);
        events = broker.createTopic("wal-events", partitions);
        catalog = CatalogDatabase.open(
                CatalogSettings.of(
                        database.host(), database.port(), database.name(), database.user(), database.password()),
                new Random());
        blobs = new FaultyBlobs(FolderBlobStore.open(folder, disk, Duration.ofSeconds(30)));
        cuts = new FaultyCuts(new PostgresProcessedCommits(catalog));
        memory = new PostgresSegmentMemory(catalog);
        wal = new PostgresWalCommits(catalog);
        snapshots = new PostgresWalSnapshots(catalog);
        reader = new ProcessedBlobs(blobs, disk);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 21 << 20, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Objects.requireNonNull(wal.claim(IntStream.range(0, partitions).boxed().toList(), "test")
                        .block())
                .forEach((partition, position) -> epochs.put(partition, position.epoch()));
    }

    static SegmentsProperties properties() {
        return properties("processors", Duration.ofMillis(500), DataSize.ofMegabytes(64), Duration.ofSeconds(30));
    }

    static SegmentsProperties properties(
            String application, Duration cutAfter, DataSize cutBytes, Duration giveUpAfter) {
        return new SegmentsProperties(
                application,
                cutAfter,
                cutBytes,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                DataSize.ofMegabytes(256),
                200_000,
                Duration.ofMinutes(10),
                DataSize.ofMegabytes(64),
                1_000,
                giveUpAfter,
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                Duration.ofSeconds(6));
    }

    ProcessorUnderTest start() {
        return start("processor-" + started.size(), properties(), Failpoints.NONE);
    }

    ProcessorUnderTest start(String name, SegmentsProperties properties, Failpoints failpoints) {
        // Groups are the broker's, and tests share one.
        var processor = new ProcessorUnderTest(
                this, name, withApplication(properties, properties.application() + "-" + topic), failpoints);
        started.add(processor);
        return processor;
    }

    private static SegmentsProperties withApplication(SegmentsProperties p, String application) {
        return new SegmentsProperties(
                application,
                p.cutAfter(),
                p.cutBytes(),
                p.lookEvery(),
                p.idleEvery(),
                p.segmentBytes(),
                p.segmentRows(),
                p.segmentAge(),
                p.traceBytes(),
                p.knownTraces(),
                p.giveUpAfter(),
                p.retryAfter(),
                p.reclaimAfter(),
                p.sessionTimeout());
    }

    KafkaBroker broker() {
        return broker;
    }

    /** Full writes of two organizations over all partitions, in the log when this returns; a flush a partition. */
    void log(int writes) {
        int each = Math.max(1, writes / (2 * partitions));
        for (int partition = 0; partition < partitions; partition++) {
            log(partition, Map.of(0, fulls(0, each, 100), 1, fulls(1, each, 100)));
        }
    }

    List<Write> fulls(int organization, int count, int bytesEach) {
        var writes = new ArrayList<Write>(count);
        for (int i = 0; i < count; i++) {
            int number = numbers.incrementAndGet();
            writes.add(write(
                    organization,
                    "row-%07d".formatted(number),
                    "trace-%d-%d".formatted(organization, number / 10),
                    WriteKind.FULL,
                    bytesEach));
        }
        return writes;
    }

    Write write(int organization, String row, @Nullable String trace, WriteKind kind, int bytes) {
        var stamp = new Stamp(TransactionId.of(Instant.now().getEpochSecond(), numbers.incrementAndGet() & 0xFFFF), 0);
        var json = "{\"id\":\"%s\",\"input\":\"%s\"}".formatted(row, "x".repeat(bytes));
        return new Write(object(organization), row, Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** One flush of one partition: to Kafka, into WAL objects, into the catalog; and announced. */
    void log(int partition, Map<Integer, List<Write>> byOrganization) {
        logSilently(partition, byOrganization);
        announce(partition);
    }

    void logSilently(int partition, Map<Integer, List<Write>> byOrganization) {
        long first = Long.MAX_VALUE;
        long next = 0;
        var sorted = new TreeMap<>(byOrganization);
        for (var entry : sorted.entrySet()) {
            for (byte[] record : records(partition, organization(entry.getKey()), entry.getValue())) {
                var at = get(producer.send(new ProducerRecord<>(topic, partition, null, record)));
                first = Math.min(first, at.offset());
                next = Math.max(next, at.offset() + 1);
            }
        }
        var objects = new ArrayList<WalObject>();
        for (var entry : sorted.entrySet()) {
            objects.add(walObject(partition, entry.getKey(), entry.getValue(), first, next));
        }
        commit(partition, first, next, objects);
        sorted.values().forEach(writes -> writes.forEach(write -> logged.add(nameOf(write.rowId(), write.stamp()))));
    }

    /** Envelopes of version 1 in even partitions, of 2 in the others. */
    private static List<byte[]> records(int partition, OrganizationId organization, List<Write> writes) {
        if (partition % 2 == 0) {
            var envelope = new EnvelopeWriter(organization);
            writes.forEach(envelope::add);
            return List.of(envelope.toRecord());
        }
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            return packer.pack(writes).stream()
                    .map(block -> new WritesRecord.Packed(organization, block).toRecord())
                    .toList();
        }
    }

    /** Offsets without writes: all of it was late, or unreadable. */
    void logNothing(int partition) {
        var at = get(producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})));
        commit(partition, at.offset(), at.offset() + 1, List.of());
        announce(partition);
    }

    void announce(int partition) {
        get(producer.send(new ProducerRecord<>(events, partition, null, new byte[] {1})));
    }

    private WalObject walObject(int partition, int organization, List<Write> writes, long first, long next) {
        int incarnation = position(partition).incarnation();
        var section = new SectionWrites(partition, incarnation, first, next, new ArrayList<>(writes));
        var encoded = WalObjectWriter.encode(organization(organization), List.of(section), WalEncoding.DEFAULT);
        var name = WalBlobNames.fresh(organization(organization), Instant.now(), random);
        blobs.putIfAbsent(name, encoded.parts()).block();
        var summary = encoded.sections().getFirst();
        return new WalObject(
                name.value(),
                organization(organization),
                encoded.bytes(),
                encoded.footerOffset(),
                List.of(new WalSection(partition, summary.writes(), summary.stampSum(), summary.objects())));
    }

    private void commit(int partition, long first, long next, List<WalObject> objects) {
        var position = position(partition);
        var range = new FlushedRange(
                partition,
                position.incarnation(),
                first,
                next,
                Objects.requireNonNull(epochs.get(partition)),
                Instant.now());
        var answer = Objects.requireNonNull(wal.commit(List.of(range), objects).block());
        if (!answer.committed().contains(partition)) {
            throw new AssertionError("the log of the test was refused: " + range);
        }
    }

    /** The log of the partition is cut off and goes on in a new incarnation. */
    void newIncarnation(int partition) {
        wal.stop(partition, Objects.requireNonNull(epochs.get(partition)), "says the test")
                .block();
        wal.repair(partition, position(partition).offset(), "says the test").block();
        epochs.put(partition, position(partition).epoch());
    }

    WalPosition position(int partition) {
        return Objects.requireNonNull(
                Objects.requireNonNull(snapshots.positions().block()).get(partition));
    }

    LogOffset processed(int partition) {
        var position = Objects.requireNonNull(cuts.positions().block()).get(partition);
        return position == null ? new LogOffset(1, 0) : position.offset();
    }

    static OrganizationId organization(int number) {
        return new OrganizationId(new UUID(7, number));
    }

    static ObjectRef object(int organization) {
        return new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(8, organization).toString());
    }

    /** Every write that is in the log: row and stamp. */
    List<String> logged() {
        return logged;
    }

    static String nameOf(String row, Stamp stamp) {
        return row + "@" + stamp.paginationKey();
    }

    /** Every write that a live processed section remembers, as often as one does. */
    List<String> processed() {
        return states().stream().flatMap(state -> state.writes().stream()).toList();
    }

    /** @param writes that the state remembers */
    record ProcessedState(int partition, UUID segment, ObjectRef object, String row, List<String> writes) {}

    List<ProcessedState> states() {
        var states = new ArrayList<ProcessedState>();
        for (var blob : listed()) {
            var footer = footer(blob);
            for (var section : footer.sections()) {
                Objects.requireNonNull(reader.frames(blob.name(), section)
                                .collectList()
                                .block())
                        .stream()
                        .flatMap(frame -> frame.states().stream())
                        .forEach(state -> states.add(new ProcessedState(
                                section.summary().partition(),
                                section.segment(),
                                state.object(),
                                state.rowId(),
                                state.stamps().stream()
                                        .map(stamp -> nameOf(state.rowId(), stamp))
                                        .toList())));
            }
        }
        return states;
    }

    private ProcessedFooter footer(CutBlob blob) {
        return Objects.requireNonNull(
                reader.footer(blob.name(), blob.bytes(), blob.footerOffset()).block());
    }

    /** Processed blobs that the catalog lists, in the order of their commits. */
    List<CutBlob> listed() {
        var listed = new TreeMap<String, CutBlob>();
        for (int partition = 0; partition < partitions; partition++) {
            Objects.requireNonNull(memory.newest(partition, 100_000).block())
                    .forEach(blob -> listed.put(blob.name(), blob));
        }
        return List.copyOf(listed.values());
    }

    /** What reads of an object say is missing from it. */
    List<String> objectGaps() {
        var gaps = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select object_type, object_id, partition, first_offset, next_offset, writes from object_gaps")) {
            while (rows.next()) {
                gaps.add("%s:%s partition %d [%d, %d): %d writes"
                        .formatted(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getInt(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return gaps;
    }

    /** Names of the WAL objects, as they lie in the store. */
    List<BlobName> walObjects(int organization) {
        return Objects.requireNonNull(blobs.list(organization(organization).blobPrefix() + "wal/")
                        .collectList()
                        .block())
                .stream()
                .map(entry -> entry.name())
                .toList();
    }

    /** Until everything that is in the log is processed. */
    void awaitIdle() {
        for (int partition = 0; partition < partitions; partition++) {
            awaitIdle(partition);
        }
    }

    void awaitIdle(int partition) {
        await("partition %d is processed".formatted(partition), () -> {
            var at = position(partition);
            return processed(partition).equals(new LogOffset(at.incarnation(), at.offset()));
        });
    }

    void await(String what, BooleanSupplier holds) {
        await(what, Duration.ofSeconds(40), holds);
    }

    void await(String what, Duration patience, BooleanSupplier holds) {
        long until = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within %s: %s".formatted(patience, what));
            }
            rest(Duration.ofMillis(20));
        }
    }

    static void rest(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get(60, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ProcessorUnderTest> started() {
        return started;
    }

    @Override
    public void close() {
        started.forEach(ProcessorUnderTest::close);
        producer.close(Duration.ofSeconds(5));
        catalog.close();
        disk.dispose();
    }
}

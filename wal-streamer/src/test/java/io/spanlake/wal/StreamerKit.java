package io.spanlake.wal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.PostgresUnreadableBlobs;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.PostgresWalSnapshots;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
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
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A topic, a catalog and a blob folder, all real and all the test's own, with a gateway that acknowledges writes and a
 * reader that lists what is visible.
 */
final class StreamerKit implements AutoCloseable {
    private static final int WRITES_PER_RECORD = 5;
    /** Larger rows are there to fill the buffer, where packed ones would take no room. */
    private static final int PACKED_BELOW_BYTES = 2_000;

    final int partitions;
    String topic;
    final String events;
    final TestDatabase database = PostgresServer.freshDatabase();
    private final TestDatabase operator = PostgresServer.freshDatabase();
    final FaultyBlobs blobs;
    final FaultyCommits commits;
    final WalSnapshots snapshots;
    final UnreadableBlobs unreadable;
    private final CatalogDatabase catalog;
    private final KafkaBroker broker = KafkaBroker.shared();
    private final KafkaProducer<byte[], byte[]> producer;
    /** More threads than a sleeping streamer can hold. */
    private final Scheduler disk = Schedulers.newBoundedElastic(16, 1_000, "test-disk");

    private final WalBlobs reader;
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<StreamerUnderTest> started = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<ObjectRef> objects = new ArrayList<>();

    StreamerKit(Path folder, int partitions) {
        this.partitions = partitions;
        topic = broker.createTopic("writes", partitions);
        events = broker.createTopic("wal-events", partitions);
        CatalogMigrations.migrate(database.jdbcUrl(), database.user(), database.password());
        catalog = CatalogDatabase.open(
                CatalogSettings.of(
                        database.host(), database.port(), database.name(), database.user(), database.password()),
                new Random());
        blobs = new FaultyBlobs(FolderBlobStore.open(folder, disk, Duration.ofSeconds(30)));
        commits = new FaultyCommits(new PostgresWalCommits(catalog));
        snapshots = new PostgresWalSnapshots(catalog);
        unreadable = new PostgresUnreadableBlobs(catalog);
        reader = new WalBlobs(blobs, disk);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 21 << 20, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static WalProperties properties() {
        return properties("wal-streamer");
    }

    static WalProperties properties(String group) {
        return properties(group, Duration.ofSeconds(60), DataSize.ofMegabytes(8), DataSize.ofMegabytes(64));
    }

    /** Gives a put or a commit up after that long. */
    static WalProperties impatient(Duration giveUpAfter) {
        return properties("wal-streamer", giveUpAfter, DataSize.ofMegabytes(8), DataSize.ofMegabytes(64));
    }

    static WalProperties sized(DataSize flushBytes, DataSize bufferBytes) {
        return properties("wal-streamer", Duration.ofSeconds(60), flushBytes, bufferBytes);
    }

    private static WalProperties properties(
            String group, Duration giveUpAfter, DataSize flushBytes, DataSize bufferBytes) {
        return new WalProperties(
                group,
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                50,
                flushBytes,
                bufferBytes,
                giveUpAfter,
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofSeconds(6));
    }

    StreamerUnderTest start() {
        return start("streamer-" + started.size(), properties(), Failpoints.NONE);
    }

    StreamerUnderTest start(String name, WalProperties properties, Failpoints failpoints) {
        // Groups are the broker's, and tests share one.
        var streamer = new StreamerUnderTest(
                broker.bootstrapServers(),
                topic,
                events,
                name,
                withGroup(properties, properties.group() + "-" + topic),
                commits,
                snapshots,
                blobs,
                unreadable,
                failpoints);
        started.add(streamer);
        return streamer;
    }

    private static WalProperties withGroup(WalProperties p, String group) {
        return new WalProperties(
                group,
                p.flushAfter(),
                p.flushAfterMax(),
                p.linger(),
                p.smallPutsPerSecond(),
                p.flushBytes(),
                p.bufferBytes(),
                p.giveUpAfter(),
                p.handOver(),
                p.idleEvery(),
                p.closedMargin(),
                p.reclaimAfter(),
                p.repairPoll(),
                p.sessionTimeout());
    }

    /** Writes of two organizations over all partitions, acknowledged by the broker when this returns. */
    List<String> acknowledge(int writes) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        var rows = new ArrayList<String>();
        for (int left = writes; left > 0; left -= WRITES_PER_RECORD) {
            int organization = sent.size() % 2;
            var of = rows(Math.min(left, WRITES_PER_RECORD));
            sent.add(send(sent.size() % partitions, record(organization, of, 100, Instant.now())));
            rows.addAll(of);
        }
        sent.forEach(StreamerKit::get);
        acknowledged.addAll(rows);
        return rows;
    }

    List<String> acknowledged() {
        return acknowledged;
    }

    /** One record of one organization to one partition, acknowledged when this returns. */
    List<String> acknowledge(int partition, int organization, int writes, int bytesEach) {
        var rows = rows(writes);
        get(send(partition, record(organization, rows, bytesEach, Instant.now())));
        acknowledged.addAll(rows);
        return rows;
    }

    /** A record as it is, whatever is in it. */
    RecordMetadata append(int partition, byte[] value) {
        return get(send(partition, value));
    }

    Future<RecordMetadata> send(int partition, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, partition, null, value));
    }

    List<String> rows(int count) {
        var rows = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            rows.add("row-%07d".formatted(numbers.incrementAndGet()));
        }
        return rows;
    }

    byte[] record(int organization, List<String> rows, int bytesEach, Instant drawnAt) {
        var transaction = TransactionId.of(drawnAt.getEpochSecond(), numbers.get() & 0xFFFF);
        var writes = new ArrayList<Write>();
        for (int i = 0; i < rows.size(); i++) {
            writes.add(write(organization, rows.get(i), bytesEach, new Stamp(transaction, i)));
        }
        return numbers.get() % 2 == 0 && bytesEach < PACKED_BELOW_BYTES
                ? packed(organization, writes)
                : plain(organization, writes);
    }

    private static byte[] plain(int organization, List<Write> writes) {
        var writer = new EnvelopeWriter(organization(organization));
        writes.forEach(writer::add);
        return writer.toRecord();
    }

    private static byte[] packed(int organization, List<Write> writes) {
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            var block = packer.pack(writes).getFirst();
            return new WritesRecord.Packed(organization(organization), block).toRecord();
        }
    }

    private Write write(int organization, String row, int bytes, Stamp stamp) {
        var json = "{\"id\":\"%s\",\"input\":\"%s\"}".formatted(row, "x".repeat(bytes));
        var object = object(organization);
        return new Write(object, row, Optional.of("trace-" + row), stamp, WriteKind.FULL, ByteSlice.ofUtf8(json));
    }

    static OrganizationId organization(int number) {
        return new OrganizationId(new UUID(7, number));
    }

    synchronized ObjectRef object(int organization) {
        var object = new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(8, organization).toString());
        if (!objects.contains(object)) {
            objects.add(object);
        }
        return object;
    }

    /** Row ids of all writes that the catalog lists, as often as it lists them. */
    List<String> visibleWrites() {
        var rows = new ArrayList<String>();
        for (var object : List.copyOf(objects)) {
            for (var section : sections(object)) {
                var writes = reader.footer(section.blobName(), section.blobBytes(), section.footerOffset())
                        .flatMapMany(footer -> reader.writes(section.blobName(), footer, object, section.partition()))
                        .collectList()
                        .block();
                Objects.requireNonNull(writes).forEach(write -> rows.add(write.rowId()));
            }
        }
        return rows;
    }

    List<SectionRef> sections(ObjectRef object) {
        return Objects.requireNonNull(snapshots.snapshot(object, Map.of()).block())
                .sections();
    }

    Map<Integer, WalPosition> positions() {
        return Objects.requireNonNull(snapshots.positions().block());
    }

    Map<Integer, Long> endOffsets() {
        try (var admin = admin()) {
            var asked = new HashMap<TopicPartition, OffsetSpec>();
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            var ends = new HashMap<Integer, Long>();
            get(admin.listOffsets(asked).all())
                    .forEach((partition, at) -> ends.put(partition.partition(), at.offset()));
            return ends;
        }
    }

    /** Until the catalog is where the broker is. */
    void awaitIdle() {
        var ends = endOffsets();
        await(
                "the catalog reaches " + ends,
                () -> ends.entrySet().stream().allMatch(end -> isAt(end.getKey(), end.getValue())));
    }

    void awaitIdle(int partition) {
        long end = Objects.requireNonNull(endOffsets().get(partition));
        await("partition " + partition + " reaches " + end, () -> isAt(partition, end));
    }

    private boolean isAt(int partition, long offset) {
        var position = positions().get(partition);
        return offset == 0 || (position != null && position.offset() == offset);
    }

    void await(String what, BooleanSupplier holds) {
        await(what, Duration.ofSeconds(30), holds);
    }

    void await(String what, Duration within, BooleanSupplier holds) {
        var until = Instant.now().plus(within);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("not within %s: %s; positions %s".formatted(within, what, positions()));
            }
            rest(Duration.ofMillis(10));
        }
    }

    /** As when the server is stopped: connections end, and no new one is made. */
    void catalogGoesAway() {
        operator.execute(
                "alter database " + database.name() + " allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database.name() + "'");
    }

    void catalogComesBack() {
        operator.execute("alter database " + database.name() + " allow_connections true");
    }

    /** The topic under the name that it had, once the broker has forgotten the old one. */
    void createTopicAnew() {
        await("the old topic is gone", () -> {
            try {
                broker.createNamed(topic, partitions, Map.of());
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
    }

    List<StreamerUnderTest> streamers() {
        return started;
    }

    Admin admin() {
        return broker.admin();
    }

    KafkaBroker broker() {
        return broker;
    }

    static void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get(30, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T get(KafkaFuture<T> future) {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    @Override
    public void close() {
        started.forEach(StreamerUnderTest::close);
        producer.close(Duration.ofSeconds(1));
        catalog.close();
        disk.dispose();
    }
}

package io.spanlake.query;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.PostgresObjectWidths;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.PostgresWalSnapshots;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartStretches;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.part.VectorSettings;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.read.StrictSettings;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.tail.TailViews;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A catalog, a folder of blobs and what writes into them, and reads over both: all real but the ends of the log. */
public final class Lake implements AutoCloseable {
    public static final int PARTITIONS = 4;

    public final OrganizationId organization = new OrganizationId(UUID.randomUUID());
    public final CatalogDatabase database;
    public final PostgresWalCommits commits;
    public final PostgresWalSnapshots snapshots;
    public final PostgresObjectSnapshots objects;
    public final PostgresObjectWidths widths;
    public final WatchedStore store;
    public final Sinks.Many<Integer> events = Sinks.many().multicast().directBestEffort();
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** What Kafka would say; a test sets it. */
    public final Map<Integer, Long> logEnds = new ConcurrentHashMap<>();

    private final Map<Integer, WalPosition> positions = new TreeMap<>();
    private final Random random = new Random(7);
    private final Scheduler disk = Schedulers.newBoundedElastic(4, 1000, "test-disk");
    private final Scheduler decode = Schedulers.newBoundedElastic(2, 100_000, "test-decode");
    private final Scheduler search = Schedulers.newBoundedElastic(2, 100_000, "test-search");
    private final PartStretches stretches = new PartStretches(16 << 20, registry);
    private Instant appendTime = Instant.ofEpochSecond(1_600_000_000L);

    /** Opens a lake of its own in a temporary folder. */
    public static Lake open() {
        try {
            return new Lake(Files.createTempDirectory("lake"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Lake(Path folder) {
        var server = PostgresServer.freshDatabase();
        CatalogMigrations.migrate(server.jdbcUrl(), server.user(), server.password());
        database = CatalogDatabase.open(
                CatalogSettings.of(server.host(), server.port(), server.name(), server.user(), server.password()),
                random);
        commits = new PostgresWalCommits(database);
        snapshots = new PostgresWalSnapshots(database);
        objects = new PostgresObjectSnapshots(database);
        widths = new PostgresObjectWidths(database);
        store = new WatchedStore(FolderBlobStore.open(folder, disk, Duration.ofSeconds(10)));
        claim();
    }

    public void claim() {
        positions.putAll(Objects.requireNonNull(
                commits.claim(IntStream.range(0, PARTITIONS).boxed().toList(), "test")
                        .block()));
    }

    /** An object that nobody else has. */
    public TailObject freshObject() {
        return new TailObject(
                organization,
                new ObjectRef(ObjectType.PROJECT_LOGS, UUID.randomUUID().toString()));
    }

    public ReadTarget target(TailObject object) {
        return new ReadTarget(object, new UUID(0, 1));
    }

    /** What streamers say they have read up to: 30 s before it is closed. */
    public void readUpTo(Instant time) {
        appendTime = time;
    }

    /**
     * One flush: a section a partition in one blob, put and committed. A partition without writes only moves on.
     *
     * @return the blob's name
     */
    public BlobName flush(Map<Integer, List<Write>> writes) {
        return flush(writes, WalEncoding.DEFAULT);
    }

    public synchronized BlobName flush(Map<Integer, List<Write>> writes, WalEncoding encoding) {
        var sections = new ArrayList<SectionWrites>();
        var ranges = new ArrayList<FlushedRange>();
        new TreeMap<>(writes).forEach((partition, ofPartition) -> {
            var position = Objects.requireNonNull(positions.get(partition));
            long next = position.offset() + Math.max(1, ofPartition.size());
            if (!ofPartition.isEmpty()) {
                sections.add(
                        new SectionWrites(partition, position.incarnation(), position.offset(), next, ofPartition));
            }
            ranges.add(new FlushedRange(
                    partition, position.incarnation(), position.offset(), next, position.epoch(), appendTime));
        });
        var name = WalBlobNames.fresh(organization, Instant.ofEpochSecond(1_700_000_000L), random);
        var encoded = WalObjectWriter.encode(organization, sections, encoding);
        store.putIfAbsent(name, encoded.parts()).block();
        var object = new WalObject(
                name.value(),
                organization,
                encoded.bytes(),
                encoded.footerOffset(),
                encoded.sections().stream()
                        .map(section -> new WalSection(
                                section.partition(), section.writes(), section.stampSum(), section.objects()))
                        .toList());
        var objects = sections.isEmpty() ? List.<WalObject>of() : List.of(object);
        var outcome = Objects.requireNonNull(commits.commit(ranges, objects).block());
        if (!outcome.refused().isEmpty()) {
            throw new IllegalStateException("refused: " + outcome);
        }
        ranges.forEach(range -> positions.computeIfPresent(
                range.partition(),
                (_, position) -> new WalPosition(
                        range.partition(), range.incarnation(), range.next(), position.epoch(), position.stopped())));
        ranges.forEach(range -> events.tryEmitNext(range.partition()));
        return name;
    }

    public WalPosition position(int partition) {
        return Objects.requireNonNull(positions.get(partition));
    }

    public TailBlobs blobs() {
        return new TailBlobs(store, decode, 16 << 20, stretches, registry);
    }

    public OpenParts openParts() {
        return new OpenParts(store, decode);
    }

    public PartReads partReads() {
        return new PartReads(stretches, search);
    }

    public TailViews views(long limitBytes) {
        return new TailViews(
                objects,
                blobs(),
                openParts(),
                partReads(),
                decode,
                limitBytes,
                InstantSource.system(),
                registry,
                "test");
    }

    public StrictReads strictReads(Duration waitMax) {
        return new StrictReads(
                () -> Mono.fromSupplier(this::ends),
                snapshots,
                events.asFlux(),
                new StrictSettings(waitMax, Duration.ofMillis(50)),
                Schedulers.parallel(),
                registry);
    }

    public ObjectReads reads(TailViews views) {
        return new ObjectReads(
                views,
                blobs(),
                partReads(),
                new TraceCounts(1 << 20, registry),
                strictReads(Duration.ofSeconds(2)),
                decode,
                64 << 20,
                InstantSource.system(),
                registry);
    }

    public ObjectScans scans() {
        var vectors = new PartVectors(new VectorSettings(1 << 20, 0, 1), search, registry);
        return new ObjectScans(
                views(64 << 20), strictReads(Duration.ofSeconds(2)), blobs(), partReads(), vectors, search, decode);
    }

    public ObjectReads reads() {
        return reads(views(64 << 20));
    }

    private Map<Integer, Long> ends() {
        var ends = new TreeMap<Integer, Long>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(
                    partition,
                    logEnds.getOrDefault(partition, position(partition).offset()));
        }
        return ends;
    }

    @Override
    public void close() {
        database.close();
        disk.dispose();
        decode.dispose();
        search.dispose();
    }
}

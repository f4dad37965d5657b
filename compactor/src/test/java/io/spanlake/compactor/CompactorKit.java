package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.catalog.Balance;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.CatalogSettings;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.PostgresDirectory;
import io.spanlake.catalog.PostgresObjectWidths;
import io.spanlake.catalog.PostgresWalCommits;
import io.spanlake.catalog.PostgresWalSnapshots;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.overview.PostgresOverview;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionReason;
import io.spanlake.catalog.work.PostgresCompactionWork;
import io.spanlake.catalog.work.PostgresErasures;
import io.spanlake.catalog.work.PostgresRetentions;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.compactor.job.Workbench;
import io.spanlake.compactor.publish.Publisher;
import io.spanlake.compactor.publish.ReceiptTimes;
import io.spanlake.compactor.read.OpenPart;
import io.spanlake.compactor.read.OpenParts;
import io.spanlake.compactor.sweep.SweepStep;
import io.spanlake.compactor.sweep.Sweeper;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.processed.ProcessedBlobNames;
import io.spanlake.storage.processed.ProcessedBlobWriter;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedEncoding;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.StampSum;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One object, with a log and cuts that the test decides on; catalog and blob folder are real and the test's own. */
final class CompactorKit implements AutoCloseable {
    static final Duration APPEND_WINDOW = Duration.ofSeconds(30);
    private static final int PARTITION = 0;
    private static final int ROUNDS_MAX = 20;
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    final TestDatabase database = PostgresServer.copyOf(
            "catalog", fresh -> CatalogMigrations.migrate(fresh.jdbcUrl(), fresh.user(), fresh.password()));
    final FolderBlobStore blobs;
    final OrganizationId organization;
    final UUID project;
    final ObjectRef object;
    final PostgresObjectSnapshots snapshots;
    final PostgresSweeps sweeps;
    final PostgresErasures erasures;
    final PostgresWalSnapshots walSnapshots;
    final PostgresObjectWidths widths;
    private final CatalogDatabase catalog;
    private final PostgresWalCommits wal;
    private final PostgresProcessedCommits cuts;
    private final PostgresDirectory directory;
    private final PostgresRetentions retentions;
    private final Scheduler threads = Schedulers.newBoundedElastic(8, 1_000, "kit");
    private final Random random = new Random(7);
    private final Path scratch;
    private final List<Write> uncut = new ArrayList<>();
    private final List<Write> all = new ArrayList<>();
    private final long walEpoch;
    private final long cutEpoch;
    private long offset;
    private long cutOffset;
    private CompactorProperties properties = properties();
    private long seconds = BEGIN.getEpochSecond();

    CompactorKit(Path folder) {
        this(folder, ObjectType.PROJECT_LOGS);
    }

    /** @param type of the object: one that goes by the id of its project */
    CompactorKit(Path folder, ObjectType type) {
        catalog = CatalogDatabase.open(
                CatalogSettings.of(
                        database.host(), database.port(), database.name(), database.user(), database.password()),
                new Random());
        blobs = FolderBlobStore.open(folder.resolve("blobs"), threads, Duration.ofSeconds(30));
        scratch = folder.resolve("scratch");
        wal = new PostgresWalCommits(catalog);
        cuts = new PostgresProcessedCommits(catalog);
        snapshots = new PostgresObjectSnapshots(catalog);
        sweeps = new PostgresSweeps(catalog);
        erasures = new PostgresErasures(catalog);
        walSnapshots = new PostgresWalSnapshots(catalog);
        widths = new PostgresObjectWidths(catalog);
        directory = new PostgresDirectory(catalog, random);
        retentions = new PostgresRetentions(catalog);
        organization =
                Objects.requireNonNull(directory.registerOrganization("kit").block());
        project = Objects.requireNonNull(
                        directory.registerProject(organization, "kit").block())
                .id();
        object = new ObjectRef(type, project.toString());
        var log = Objects.requireNonNull(wal.claim(Set.of(PARTITION), "kit").block());
        walEpoch = Objects.requireNonNull(log.get(PARTITION)).epoch();
        var processed =
                Objects.requireNonNull(cuts.claim(Set.of(PARTITION), "kit").block());
        cutEpoch = Objects.requireNonNull(processed.get(PARTITION)).epoch();
    }

    // ------------------------------------------------------------------------------------------------------ writes

    Write full(String row, String trace, String json) {
        return write(row, Optional.of(trace), WriteKind.FULL, json);
    }

    Write merge(String row, String json) {
        return write(row, Optional.empty(), WriteKind.MERGE, json);
    }

    Write delete(String row) {
        return write(row, Optional.empty(), WriteKind.DELETE, "{\"id\":\"%s\",\"_object_delete\":true}".formatted(row));
    }

    /** Each a second after the last. */
    Write write(String row, Optional<String> trace, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(++seconds, 1), 0);
        return new Write(object, row, trace, stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** Puts writes into the log. */
    void append(Write... writes) {
        append(List.of(writes));
    }

    void append(List<Write> writes) {
        long next = offset + writes.size();
        var encoded = WalObjectWriter.encode(
                organization, List.of(new SectionWrites(PARTITION, 1, offset, next, writes)), WalEncoding.DEFAULT);
        var name = WalBlobNames.fresh(organization, now(), random);
        blobs.putIfAbsent(name, encoded.parts()).block();
        var section = encoded.sections().getFirst();
        var committed = wal.commit(
                        List.of(new FlushedRange(PARTITION, 1, offset, next, walEpoch, now())),
                        List.of(new WalObject(
                                name.value(),
                                organization,
                                encoded.bytes(),
                                encoded.footerOffset(),
                                List.of(new WalSection(
                                        PARTITION, section.writes(), section.stampSum(), section.objects())))))
                .block();
        assertThat(Objects.requireNonNull(committed).committed()).containsExactly(PARTITION);
        offset = next;
        uncut.addAll(writes);
        all.addAll(writes);
    }

    /** Forgets what was written, where it is more than fits in memory: there is no {@link #expected()} then. */
    void forget() {
        all.clear();
    }

    Instant now() {
        return Instant.ofEpochSecond(seconds);
    }

    void pass(Duration time) {
        seconds += time.toSeconds();
    }

    /** Lets so much time pass, without a write, that everything written so far is closed; cuts included. */
    void closeEverything() {
        seconds += 2 * APPEND_WINDOW.toSeconds();
        wal.readToEnd(Map.of(PARTITION, walEpoch), now()).block();
        expireLeases();
    }

    // -------------------------------------------------------------------------------------------------------- cuts

    /** Processes what was appended, if anything was, into one segment. */
    void cut() {
        if (uncut.isEmpty()) {
            return;
        }
        var rows = new LinkedHashMap<List<Object>, RowState>();
        long in = StampSum.of(uncut);
        uncut.forEach(write -> rows.merge(stateOf(write), RowState.of(write), RowState::join));
        uncut.clear();
        var segment = new UUID(random.nextLong(), random.nextLong());
        try (var writer = new ProcessedBlobWriter(organization, ProcessedEncoding.DEFAULT)) {
            writer.segment(segment, object, PARTITION, 1, cutOffset, offset);
            rows.values().stream()
                    .sorted(Comparator.comparing(state -> state.traceId().orElse(state.rowId())))
                    .forEach(state -> writer.add(state, state.traceId()));
            var encoded = writer.finish();
            var name = ProcessedBlobNames.fresh(organization, now(), random);
            blobs.putIfAbsent(name, encoded.parts()).block();
            var section = encoded.sections().getFirst();
            var processed = new ProcessedObject(
                    name.value(),
                    organization,
                    encoded.bytes(),
                    encoded.footerOffset(),
                    List.of(new ProcessedSection(
                            segment,
                            object,
                            PARTITION,
                            1,
                            cutOffset,
                            offset,
                            section.rows(),
                            section.rawBytes(),
                            section.length(),
                            section.stampSum(),
                            section.minStamp(),
                            section.maxStamp())));
            var balance = new Balance(in, section.stampSum(), in - section.stampSum(), 0);
            var range = new CutRange(PARTITION, 1, cutOffset, offset, cutEpoch, balance);
            cuts.commit(Cuts.of(List.of(range), List.of(processed))).block();
        }
        cutOffset = offset;
    }

    /** What keeps versions has a state for each transaction. */
    private static List<Object> stateOf(Write write) {
        return write.object().type().keepsVersions()
                ? List.of(write.rowId(), write.stamp().transaction())
                : List.of(write.rowId());
    }

    // --------------------------------------------------------------------------------------------------- compacting

    static CompactorProperties properties() {
        return properties(Duration.ZERO);
    }

    /** @param age from which on a tail is due */
    static CompactorProperties properties(Duration age) {
        return properties(age, DataSize.ofMegabytes(256), DataSize.ofMegabytes(256));
    }

    static CompactorProperties properties(Duration age, DataSize jobTail, DataSize tracePart) {
        return properties(age, jobTail, tracePart, Duration.ZERO);
    }

    static CompactorProperties erasingAfter(Duration time) {
        return properties(Duration.ZERO, DataSize.ofMegabytes(256), DataSize.ofMegabytes(256), time);
    }

    private static CompactorProperties properties(
            Duration age, DataSize jobTail, DataSize tracePart, Duration eraseAfter) {
        return new CompactorProperties(
                1,
                1,
                Duration.ofSeconds(5),
                DataSize.ofBytes(jobTail.toBytes() / 16),
                DataSize.ofBytes(jobTail.toBytes() / 4),
                age,
                age,
                Duration.ofMinutes(10),
                jobTail,
                250_000,
                DataSize.ofMegabytes(8),
                DataSize.ofMegabytes(8),
                DataSize.ofGigabytes(1),
                2_000_000,
                tracePart,
                3,
                0.2,
                eraseAfter,
                "",
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ZERO,
                Duration.ofHours(72));
    }

    /** Of compactors that are made from now on. */
    void use(CompactorProperties other) {
        properties = other;
    }

    Compactor compactor() {
        return compactor(Failpoints.NONE);
    }

    Compactor compactor(Failpoints failpoints) {
        var bench = new Workbench(
                blobs,
                new ProcessedBlobs(blobs, threads),
                openParts(),
                scratch,
                properties.frameBytes().toBytes(),
                PartSettings.withIndexBytes(properties.indexBytes().toBytes()),
                properties.part().toBytes(),
                properties.tracePart().toBytes(),
                this::now,
                random,
                failpoints);
        var times = new ReceiptTimes(Duration.ofDays(3), Duration.ZERO, Duration.ZERO);
        var publisher = new Publisher(new PostgresSwaps(catalog), blobs, times, this::now, random, failpoints);
        return new Compactor(
                new PostgresCompactionWork(catalog),
                snapshots,
                directory,
                retentions,
                erasures,
                sweeps,
                bench,
                publisher,
                properties,
                new CompactorMetrics(new SimpleMeterRegistry()),
                "kit");
    }

    /** The threads of a process, which find nothing due by themselves: nothing is old enough. */
    CompactorThreads threads(CompactorProperties properties) {
        var overview = new PostgresOverview(catalog);
        var meters = new CatalogMeters(overview, Instant::now, new SimpleMeterRegistry());
        return new CompactorThreads(compactor(), sweeper(Duration.ofDays(1)), meters, properties);
    }

    CompactNow compactNow(CompactorThreads threads, CompactorProperties properties) {
        return new CompactNow(threads, new PostgresCompactionWork(catalog), properties, Instant::now);
    }

    /** Does what there is to do; more rounds than anything here takes are a mistake. */
    void compactUntilIdle() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            if (!compactor().compactOne()) {
                return;
            }
        }
        throw new AssertionError("still at work after %d rounds".formatted(ROUNDS_MAX));
    }

    /** One job, on which the process dies at a step, if it comes to it. */
    void compactAndDieAt(CompactionStep step) {
        try {
            compactor(reached -> {
                        if (reached == step) {
                            throw new Death();
                        }
                    })
                    .compactOne();
        } catch (Death death) {
            assertThat(death).as("as meant: nothing after the step was done").isNotNull();
        }
    }

    /** An error, so that nobody catches it and goes on. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    Sweeper sweeper(Duration orphanAge) {
        return sweeper(orphanAge, step -> {});
    }

    private Sweeper sweeper(Duration orphanAge, Consumer<SweepStep> failpoints) {
        var metrics = new CompactorMetrics(new SimpleMeterRegistry());
        return new Sweeper(sweeps, blobs, Duration.ZERO, orphanAge, Instant::now, metrics, failpoints);
    }

    /** One sweep of all that may go, which ends at the step as a process ends. */
    void sweepAndDieAt(SweepStep step) {
        var sweeper = sweeper(Duration.ZERO, reached -> {
            if (reached == step) {
                throw new Death();
            }
        });
        try {
            sweeper.sweepRetired();
            sweeper.sweepOrphans();
            throw new IllegalStateException("%s was not reached".formatted(step));
        } catch (Death | RuntimeException died) {
            assertThat(died instanceof Death ? died : died.getCause())
                    .as("as meant")
                    .isInstanceOf(Death.class);
        }
    }

    /** The row of a part is dead from now on, and no swap has killed it. */
    void killBehindTheCatalog(String rowId) {
        for (var live : snapshot().parts()) {
            var reader = Objects.requireNonNull(new PartBlobs(blobs, threads)
                    .open(live.file().name(), live.file().bytes(), live.file().tailOffset())
                    .block());
            Objects.requireNonNull(reader.ordinalOf(rowId).block()).ifPresent(ordinal -> {
                var part = new BlobName(live.file().name());
                var pieces = DeletionVectors.encode(part, 1, RoaringBitmap.bitmapOf(ordinal));
                var name = new BlobName(part.value() + ".dv-1-planted");
                blobs.putIfAbsent(name, pieces).block();
                long bytes = pieces.stream().mapToLong(ByteSlice::length).sum();
                database.execute(
                        "update parts set dv_version = 1, dv_name = '%s', dv_bytes = %d, dead_rows = 1 where id = %d"
                                .formatted(name.value(), bytes, live.id()));
            });
        }
    }

    /** Why the object is due; it is leased for that. */
    CompactionReason reasonOf(CompactionLane lane) {
        var leases = new PostgresCompactionWork(catalog)
                .next(lane, "kit", properties.terms().due(), Duration.ofMinutes(1), 1)
                .block();
        return Objects.requireNonNull(leases).getFirst().reason();
    }

    /** As if it had been asked for when the last write was acknowledged. */
    void forget(String... rowIds) {
        erasures.ask(object, List.of(rowIds)).block();
        database.execute("update erasures set asked_at = '%s' where done_at is null".formatted(now()));
    }

    void keepFor(Duration time) {
        retentions.set(project, Optional.of(time)).block();
    }

    private OpenParts openParts() {
        return new OpenParts(new PartBlobs(blobs, threads), blobs);
    }

    // -------------------------------------------------------------------------------------------------------- looks

    ObjectSnapshot snapshot() {
        return Objects.requireNonNull(
                snapshots.snapshot(object, KnownObject.NOTHING).block());
    }

    List<OpenPart> open() {
        return openParts().open(snapshot().parts());
    }

    /** Live rows of parts by id; an id that lives in two places fails. */
    Map<String, RowState> partRows() {
        var rows = new TreeMap<String, RowState>();
        for (OpenPart part : open()) {
            int ordinal = 0;
            for (PartRow row : part.reader().rows(0, part.reader().rows()).toIterable()) {
                if (!part.isDead(ordinal++) && row.until().isEmpty()) {
                    var before = rows.put(row.rowId(), row.stored().state(object, row.rowId()));
                    assertThat(before).as("row %s lives twice", row.rowId()).isNull();
                }
            }
        }
        return rows;
    }

    /** States of processed sections, folded by row. */
    Map<String, RowState> tailRows() {
        var rows = new TreeMap<String, RowState>();
        for (LiveSection live : snapshot().sections()) {
            states(live).forEach(state -> rows.merge(state.rowId(), state, RowState::join));
        }
        return rows;
    }

    private List<RowState> states(LiveSection live) {
        var reader = new ProcessedBlobs(blobs, threads);
        var footer = Objects.requireNonNull(reader.footer(live.blobName(), live.blobBytes(), live.footerOffset())
                .block());
        var states = new ArrayList<RowState>();
        footer.framesOf(live.section().segment())
                .forEach(frame -> states.addAll(Objects.requireNonNull(
                        reader.frame(live.blobName(), object, frame).block())));
        return states;
    }

    /** What readers see of parts and tail together. */
    Map<String, String> visible() {
        var rows = new TreeMap<>(partRows());
        tailRows().forEach((id, state) -> rows.merge(id, state, RowState::join));
        uncut.forEach(write -> rows.merge(write.rowId(), RowState.of(write), RowState::join));
        return json(rows);
    }

    /** Now, after whatever is left to do, and when nothing older can come any more. */
    void assertEverythingIsThereOnce() {
        assertThat(visible()).isEqualTo(expected());
        expireLeases();
        compactUntilIdle();
        assertThat(visible()).isEqualTo(expected());
        closeEverything();
        compactUntilIdle();
        sweeper(Duration.ZERO).sweepOrphans();
        sweeper(Duration.ZERO).sweepRetired();
        assertThat(visible()).isEqualTo(expected());
        assertThat(snapshot().sections()).isEmpty();
    }

    /** All writes so far. */
    List<Write> written() {
        return List.copyOf(all);
    }

    RowIdentity identity() {
        return new RowIdentity(organization, project, object);
    }

    /** What all writes fold to. */
    Map<String, String> expected() {
        var rows = new TreeMap<String, RowState>();
        all.forEach(write -> rows.merge(write.rowId(), RowState.of(write), RowState::join));
        return json(rows);
    }

    private Map<String, String> json(Map<String, RowState> rows) {
        var identity = identity();
        var json = new TreeMap<String, String>();
        rows.forEach((id, state) -> {
            if (!state.deleted()) {
                json.put(id, state.json(identity).toUtf8());
            }
        });
        return json;
    }

    /** Bytes of every blob, for those that look for what must be gone. */
    boolean anyBlobContains(String text) {
        var wanted = text.getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(blobs.list("orgs/").collectList().block()).stream()
                .map(blob -> Objects.requireNonNull(
                        blobs.read(blob.name(), 0, (int) blob.bytes()).block()))
                .anyMatch(bytes -> indexOf(bytes.toArray(), wanted) >= 0);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /** JSON of all rows of live parts, dead ones too. */
    List<String> partLines() {
        var lines = new ArrayList<String>();
        for (OpenPart part : open()) {
            for (PartRow row : part.reader().rows(0, part.reader().rows()).toIterable()) {
                lines.add(row.stored().json().toUtf8());
            }
        }
        return lines;
    }

    List<String> receipts() {
        return blobNames().stream()
                .filter(name -> name.contains("/receipts/"))
                .map(BlobName::new)
                .map(name -> Objects.requireNonNull(blobs.stat(name)
                                .flatMap(blob -> blobs.read(name, 0, (int) blob.bytes()))
                                .block())
                        .toUtf8())
                .toList();
    }

    List<String> blobNames() {
        return Objects.requireNonNull(blobs.list("orgs/")
                .map(BlobEntry::name)
                .map(name -> name.value())
                .collectList()
                .block());
    }

    /** As if so much time had passed that whoever died has lost its leases. */
    void expireLeases() {
        database.execute("update published_objects set leased_until = '-infinity', rewrite_until = '-infinity'");
    }

    @Override
    public void close() {
        catalog.close();
        threads.dispose();
    }
}

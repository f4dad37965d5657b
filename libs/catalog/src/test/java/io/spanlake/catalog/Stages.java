package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.NOON;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;

import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.NewCheckpoint;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.parts.PartTimes;
import io.spanlake.catalog.parts.PostgresObjectSnapshots;
import io.spanlake.catalog.parts.PostgresSwaps;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.PostgresProcessedCommits;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.PostgresSweeps;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A database with partitions claimed, and short words for flushes, cuts and parts. */
public final class Stages implements AutoCloseable {
    public static final UUID PROJECT = new UUID(4, 4);
    public static final UUID SEGMENT = new UUID(5, 5);
    private static final AtomicLong NAMES = new AtomicLong();

    public final CatalogFixture catalog;
    public final PostgresWalCommits wal;
    public final PostgresProcessedCommits processed;
    public final PostgresSwaps swaps;
    public final PostgresObjectSnapshots snapshots;
    public final PostgresSweeps sweeps;
    private final boolean mine;

    /** On a database of its own. */
    public Stages() {
        this(new CatalogFixture(), true);
    }

    /** On another's, which it leaves open. */
    public Stages(CatalogFixture catalog) {
        this(catalog, false);
    }

    private Stages(CatalogFixture catalog, boolean mine) {
        this.catalog = catalog;
        this.mine = mine;
        wal = new PostgresWalCommits(catalog.database);
        processed = new PostgresProcessedCommits(catalog.database);
        swaps = new PostgresSwaps(catalog.database);
        snapshots = new PostgresObjectSnapshots(catalog.database);
        sweeps = new PostgresSweeps(catalog.database);
    }

    /** Empties all tables and claims some partitions: epoch 1 at offset 0. */
    public void begin(int partitions) {
        catalog.server.execute("""
                truncate wal_positions, wal_epochs, wal_objects, wal_sections, wal_section_objects, blobs, gaps,
                    processed_positions, processed_epochs, processed_objects, processed_sections, segments, object_gaps,
                    published_objects, object_floors, parts, swaps, receipts, retention restart identity""");
        var all = IntStream.range(0, partitions).boxed().toList();
        await(wal.claim(all, "streamer"));
        await(processed.claim(all, "processor"));
    }

    public static String name(String kind) {
        return "orgs/%s/%s/%06d".formatted(ORGANIZATION, kind, NAMES.incrementAndGet());
    }

    /** A flush of one section in incarnation 1; gives the name of its blob. */
    public String flush(ObjectRef object, int partition, long first, long next, long sum) {
        var range = new FlushedRange(partition, 1, first, next, 1, NOON);
        var blob = new WalObject(
                name("wal"),
                ORGANIZATION,
                1_000,
                900,
                List.of(new WalSection(partition, next - first, sum, Map.of(object, next - first))));
        var flushed = await(wal.commit(List.of(range), List.of(blob)));
        if (!flushed.committed().contains(partition)) {
            throw new AssertionError("refused: " + range);
        }
        return blob.name();
    }

    public static CutRange range(int partition, long first, long next, long sum) {
        return new CutRange(partition, 1, first, next, 1, new Balance(sum, sum, 0, 0));
    }

    public static ProcessedSection section(ObjectRef object, int partition, long first, long next, long sum) {
        return new ProcessedSection(
                SEGMENT, object, partition, 1, first, next, next - first, 500, 100, sum, stamp(first), stamp(next));
    }

    public static ProcessedObject processedBlob(ProcessedSection... sections) {
        return new ProcessedObject(name("processed"), ORGANIZATION, 2_000, 1_500, List.of(sections));
    }

    /** A cut of one section that folds nothing. */
    public CommittedCuts cut(ObjectRef object, int partition, long first, long next, long sum) {
        return await(processed.commit(Cuts.of(
                List.of(range(partition, first, next, sum)),
                List.of(processedBlob(section(object, partition, first, next, sum))))));
    }

    public static Stamp stamp(long number) {
        return new Stamp(TransactionId.of(1_790_000_000L + number, 0), 0);
    }

    public static PartFile file(long rows, long sum) {
        var times = new PartTimes(
                stamp(0).transaction(),
                stamp(5).transaction(),
                stamp(9).transaction(),
                Optional.of(NOON),
                Optional.empty());
        return new PartFile(
                name("parts") + ".part", 5_000, 4_000, 700, PROJECT, 0, Optional.of(SEGMENT), rows, 9_000, sum, times);
    }

    public static NewPart part(long rows, long sum) {
        return NewPart.of(file(rows, sum));
    }

    public static DeletionVector dead(long rows, long sum) {
        return new DeletionVector(name("dv"), 50, rows, sum);
    }

    public static NewCheckpoint checkpoint(ObjectSnapshot planned) {
        return new NewCheckpoint(name("checkpoints"), 300, planned.processed());
    }

    public ObjectSnapshot snapshot(ObjectRef object) {
        return await(snapshots.snapshot(object, KnownObject.NOTHING));
    }

    /** Publishes a part of so many rows, from one cut. */
    public ObjectSnapshot publishPart(ObjectRef object, int partition, long first, long next, long sum) {
        flush(object, partition, first, next, sum);
        cut(object, partition, first, next, sum);
        var planned = snapshot(object);
        var swap = SwapDraft.on(planned)
                .takeAllSections()
                .put(part(next - first, sum))
                .swap();
        Objects.requireNonNull(swaps.swap(swap).block(WAIT));
        return snapshot(object);
    }

    public Set<String> blobs(String state) {
        return Set.copyOf(catalog.rows("select name from blobs where state = '%s'".formatted(state)));
    }

    @Override
    public void close() {
        if (mine) {
            catalog.close();
        }
    }
}

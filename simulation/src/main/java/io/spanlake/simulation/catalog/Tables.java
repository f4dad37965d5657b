package io.spanlake.simulation.catalog;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.ObjectGap;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the catalog has, table by table. Maps are sorted, so that what is done in their order is the seed's. */
final class Tables {
    static final Comparator<ObjectRef> BY_OBJECT =
            Comparator.comparing(ObjectRef::type).thenComparing(ObjectRef::id);

    static final class Position {
        int incarnation;
        long offset;
        long epoch;

        @Nullable
        Instant readUntil;

        Optional<String> stopped = Optional.empty();
        Optional<UUID> topic = Optional.empty();

        Position(int incarnation, long offset, long epoch) {
            this.incarnation = incarnation;
            this.offset = offset;
            this.epoch = epoch;
        }

        LogOffset place() {
            return new LogOffset(incarnation, offset);
        }
    }

    /** From where an epoch found a partition. */
    record Reign(int partition, long epoch) {
        static final Comparator<Reign> ORDER =
                Comparator.comparingInt(Reign::partition).thenComparingLong(Reign::epoch);
    }

    enum BlobState {
        LIVE,
        RETIRED,
        DOOMED
    }

    record Blob(BlobState state, Instant changedAt, Optional<UUID> retiredBy, long bytes) {}

    record LogBlob(long id, String name, OrganizationId organization, long bytes, long footerOffset) {}

    record LogSection(
            int partition,
            int incarnation,
            long first,
            long next,
            long blob,
            long writes,
            long stampSum,
            @Nullable Instant readUntil) {}

    record LogObject(ObjectRef object, int partition, int incarnation, long first, long next, long blob, long writes) {
        LogOffset end() {
            return new LogOffset(incarnation, next);
        }
    }

    static final class CutBlobRow {
        final long id;
        final String name;
        final OrganizationId organization;
        final long bytes;
        final long footerOffset;
        final TreeSet<Integer> partitions = new TreeSet<>();
        long sectionsLeft;

        CutBlobRow(long id, String name, OrganizationId organization, long bytes, long footerOffset) {
            this.id = id;
            this.name = name;
            this.organization = organization;
            this.bytes = bytes;
            this.footerOffset = footerOffset;
        }
    }

    record CutSection(long id, long blob, ProcessedSection section, boolean carried, Instant committedAt) {}

    static final class Segment {
        final ObjectRef object;
        final int partition;
        final Instant openedAt;
        long rows;
        long rawBytes;
        Instant cutAt;

        @Nullable
        Instant closedAt;

        Segment(ObjectRef object, int partition, Instant openedAt) {
            this.object = object;
            this.partition = partition;
            this.openedAt = openedAt;
            this.cutAt = openedAt;
        }
    }

    static final class Part {
        final long id;
        final ObjectRef object;
        final PartFile file;
        final long version;
        final Instant publishedAt;
        int dvVersion;
        Optional<DeletionVector> dead = Optional.empty();

        @Nullable
        Instant eraseBy;

        Part(long id, ObjectRef object, PartFile file, long version, Instant publishedAt) {
            this.id = id;
            this.object = object;
            this.file = file;
            this.version = version;
            this.publishedAt = publishedAt;
        }

        long deadRows() {
            return dead.map(DeletionVector::rows).orElse(0L);
        }

        long deadSum() {
            return dead.map(DeletionVector::stampSum).orElse(0L);
        }
    }

    static final class Published {
        final OrganizationId organization;
        long version;

        @Nullable
        String checkpoint;

        private final EnumMap<CompactionLane, Lease> leases = new EnumMap<>(CompactionLane.class);

        Lease lease(CompactionLane lane) {
            return leases.computeIfAbsent(lane, _ -> new Lease());
        }

        Published(OrganizationId organization) {
            this.organization = organization;
        }
    }

    static final class Lease {
        long token;
        Instant until = Instant.MIN;
    }

    record Floor(ObjectRef object, int partition) {
        static final Comparator<Floor> ORDER =
                Comparator.comparing(Floor::object, BY_OBJECT).thenComparingInt(Floor::partition);
    }

    final InstantSource clock;
    final TreeMap<Integer, Position> wal = new TreeMap<>();
    final TreeMap<Reign, LogOffset> walReigns = new TreeMap<>(Reign.ORDER);
    final TreeMap<String, Blob> blobs = new TreeMap<>();
    final TreeMap<Long, LogBlob> logBlobs = new TreeMap<>();
    final Map<Long, Long> objectsLeft = new HashMap<>();
    final List<LogSection> logSections = new ArrayList<>();
    final List<LogObject> logObjects = new ArrayList<>();
    final TreeMap<Integer, Position> processed = new TreeMap<>();
    final TreeMap<Reign, LogOffset> processedReigns = new TreeMap<>(Reign.ORDER);
    final TreeMap<Long, CutBlobRow> cutBlobs = new TreeMap<>();
    final TreeMap<Long, CutSection> cutSections = new TreeMap<>();
    final TreeMap<UUID, Segment> segments = new TreeMap<>();
    final TreeMap<ObjectRef, List<ObjectGap>> objectGaps = new TreeMap<>(BY_OBJECT);
    final TreeMap<Long, Part> parts = new TreeMap<>();
    final TreeMap<ObjectRef, Published> published = new TreeMap<>(BY_OBJECT);
    final TreeMap<Floor, LogOffset> floors = new TreeMap<>(Floor.ORDER);
    final Map<UUID, Long> swaps = new HashMap<>();
    final Map<UUID, Duration> retention = new TreeMap<>();
    final TreeMap<ObjectRef, Integer> widths = new TreeMap<>(BY_OBJECT);
    private long ids;

    Tables(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    long nextId() {
        return ++ids;
    }

    Optional<CutBlobRow> cutBlob(String name) {
        return cutBlobs.values().stream().filter(blob -> blob.name.equals(name)).findFirst();
    }

    Optional<LogBlob> logBlob(String name) {
        return logBlobs.values().stream()
                .filter(blob -> blob.name().equals(name))
                .findFirst();
    }

    void list(String name, long bytes) {
        blobs.put(name, new Blob(BlobState.LIVE, now(), Optional.empty(), bytes));
    }

    void retire(String name, Optional<UUID> by) {
        var blob = blobs.get(name);
        if (blob != null && blob.state() == BlobState.LIVE) {
            blobs.put(name, new Blob(BlobState.RETIRED, now(), by, blob.bytes()));
        }
    }
}

package io.spanlake.simulation.catalog;

import io.spanlake.catalog.ClosedTransaction;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.ObjectRef;
import io.spanlake.simulation.catalog.Tables.CutSection;
import io.spanlake.simulation.catalog.Tables.LogObject;
import io.spanlake.simulation.catalog.Tables.Part;
import io.spanlake.simulation.catalog.Tables.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The snapshot: {@code SnapshotSql}, said plainly. The model has no gaps. */
final class SnapshotModel {
    private static final LogOffset BEGINNING = new LogOffset(0, 0);

    private final Tables tables;

    SnapshotModel(Tables tables) {
        this.tables = tables;
    }

    ObjectSnapshot snapshot(ObjectRef object, KnownObject known) {
        var published = tables.published.get(object);
        long version = published == null ? 0 : published.version;
        var wal = new HashMap<Integer, WalPosition>();
        var processed = new HashMap<Integer, LogOffset>();
        var readUntil = new ArrayList<Optional<Instant>>();
        var processedUntil = new ArrayList<Optional<Instant>>();
        tables.wal.forEach((partition, position) -> {
            wal.put(partition, LogModel.at(partition, position));
            readUntil.add(Optional.ofNullable(position.readUntil));
            var done = tables.processed.get(partition);
            if (done != null) {
                processed.put(partition, done.place());
            }
            processedUntil.add(Optional.ofNullable(waits(partition, done) ? until(done) : position.readUntil));
        });
        boolean all = published != null && version != known.version();
        return new ObjectSnapshot(
                object,
                tables.widths.getOrDefault(object, 1),
                version,
                version != known.version(),
                wal,
                processed,
                logSections(object, known),
                published == null ? List.of() : sections(object, known, all),
                all ? parts(object) : List.of(),
                List.of(),
                tables.objectGaps.getOrDefault(object, List.of()),
                ClosedTransaction.of(readUntil),
                ClosedTransaction.of(processedUntil));
    }

    private static @Nullable Instant until(@Nullable Position done) {
        return done == null ? null : done.readUntil;
    }

    private boolean waits(int partition, @Nullable Position done) {
        var from = done == null ? BEGINNING : done.place();
        return tables.logSections.stream()
                .anyMatch(section -> section.partition() == partition
                        && new LogOffset(section.incarnation(), section.first()).compareTo(from) >= 0);
    }

    private List<SectionRef> logSections(ObjectRef object, KnownObject known) {
        return tables.logObjects.stream()
                .filter(section -> section.object().equals(object) && tables.wal.containsKey(section.partition()))
                .filter(section -> {
                    var done = tables.processed.get(section.partition());
                    return section.end().compareTo(done == null ? BEGINNING : done.place()) > 0
                            && section.end().compareTo(known.wal().getOrDefault(section.partition(), BEGINNING)) > 0;
                })
                .sorted(Comparator.comparingInt(LogObject::partition)
                        .thenComparingInt(LogObject::incarnation)
                        .thenComparingLong(LogObject::first)
                        .thenComparingLong(LogObject::blob))
                .map(this::ref)
                .toList();
    }

    private SectionRef ref(LogObject section) {
        var blob = Objects.requireNonNull(tables.logBlobs.get(section.blob()));
        return new SectionRef(
                blob.name(),
                blob.bytes(),
                blob.footerOffset(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next());
    }

    private List<LiveSection> sections(ObjectRef object, KnownObject known, boolean all) {
        return tables.cutSections.values().stream()
                .filter(section -> section.section().object().equals(object))
                .filter(section -> all || isNew(section, known))
                .map(this::live)
                .toList();
    }

    private boolean isNew(CutSection section, KnownObject known) {
        var of = section.section();
        return !section.carried()
                && tables.wal.containsKey(of.partition())
                && new LogOffset(of.incarnation(), of.next())
                                .compareTo(known.processed().getOrDefault(of.partition(), BEGINNING))
                        > 0;
    }

    LiveSection live(CutSection section) {
        var blob = Objects.requireNonNull(tables.cutBlobs.get(section.blob()));
        return new LiveSection(
                section.id(),
                blob.name,
                blob.bytes,
                blob.footerOffset,
                section.section(),
                section.carried(),
                section.committedAt());
    }

    private List<LivePart> parts(ObjectRef object) {
        return tables.parts.values().stream()
                .filter(part -> part.object.equals(object))
                .map(SnapshotModel::live)
                .toList();
    }

    static LivePart live(Part part) {
        return new LivePart(
                part.id, part.file, part.version, part.dvVersion, part.dead, Optional.ofNullable(part.eraseBy));
    }
}

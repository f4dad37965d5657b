package io.spanlake.catalog.parts;

import io.spanlake.catalog.ClosedTransaction;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.GapScope;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalPosition;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the lines of a snapshot together. */
final class SnapshotBuilder {
    private static final Comparator<SnapshotLine.Wal> BY_PLACE = Comparator.comparingInt(
                    (SnapshotLine.Wal line) -> line.section().partition())
            .thenComparingInt(line -> line.section().incarnation())
            .thenComparingLong(line -> line.section().first())
            .thenComparingLong(SnapshotLine.Wal::walObject);

    private final ObjectRef object;
    private final Map<Integer, WalPosition> wal = new HashMap<>();
    private final Map<Integer, LogOffset> processed = new HashMap<>();
    private final List<Optional<Instant>> readUntil = new ArrayList<>();
    private final List<Optional<Instant>> processedUntil = new ArrayList<>();
    private final List<SnapshotLine.Missing> missing = new ArrayList<>();
    private final List<SnapshotLine.Wal> walSections = new ArrayList<>();
    private final List<ObjectGap> unreadable = new ArrayList<>();
    private final List<LiveSection> sections = new ArrayList<>();
    private final List<LivePart> parts = new ArrayList<>();
    private int width = 1;
    private long version;

    SnapshotBuilder(ObjectRef object) {
        this.object = object;
    }

    SnapshotBuilder addAll(List<SnapshotLine> lines) {
        lines.forEach(this::add);
        return this;
    }

    ObjectSnapshot build(KnownObject known) {
        return new ObjectSnapshot(
                object,
                width,
                version,
                version != known.version(),
                wal,
                processed,
                sortedWalSections(),
                sections.stream()
                        .sorted(Comparator.comparingLong(LiveSection::id))
                        .toList(),
                parts.stream().sorted(Comparator.comparingLong(LivePart::id)).toList(),
                gaps(),
                unreadable,
                ClosedTransaction.of(readUntil),
                ClosedTransaction.of(processedUntil));
    }

    private void add(SnapshotLine line) {
        switch (line) {
            case SnapshotLine.Position found -> add(found);
            case SnapshotLine.Missing found -> missing.add(found);
            case SnapshotLine.Width found -> width = found.width();
            case SnapshotLine.Wal found -> walSections.add(found);
            case SnapshotLine.Version found -> version = found.version();
            case SnapshotLine.Unreadable found -> unreadable.add(found.gap());
            case SnapshotLine.Processed found -> sections.add(found.section());
            case SnapshotLine.Part found -> parts.add(found.part());
        }
    }

    private void add(SnapshotLine.Position found) {
        int partition = found.position().partition();
        wal.put(partition, found.position());
        found.processed().ifPresent(offset -> processed.put(partition, offset));
        readUntil.add(found.readUntil());
        processedUntil.add(found.processedUntil());
    }

    private List<SectionRef> sortedWalSections() {
        return walSections.stream()
                .sorted(BY_PLACE)
                .map(SnapshotLine.Wal::section)
                .toList();
    }

    private List<Gap> gaps() {
        return missing.stream()
                .filter(line -> GapScope.mayTouch(object, width, line.gap().partition(), line.partitions()))
                .map(SnapshotLine.Missing::gap)
                .toList();
    }
}

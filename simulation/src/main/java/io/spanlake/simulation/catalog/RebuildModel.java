package io.spanlake.simulation.catalog;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.rebuild.LoggedSection;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.catalog.rebuild.StoredCheckpoint;
import io.spanlake.simulation.catalog.Tables.CutBlobRow;
import io.spanlake.simulation.catalog.Tables.CutSection;
import io.spanlake.simulation.catalog.Tables.Floor;
import io.spanlake.simulation.catalog.Tables.LogBlob;
import io.spanlake.simulation.catalog.Tables.LogObject;
import io.spanlake.simulation.catalog.Tables.LogSection;
import io.spanlake.simulation.catalog.Tables.Part;
import io.spanlake.simulation.catalog.Tables.Position;
import io.spanlake.simulation.catalog.Tables.Published;
import io.spanlake.simulation.catalog.Tables.Reign;
import java.util.Objects;

/** Fills empty tables: {@code RebuildSql}, said plainly. */
final class RebuildModel {
    private final Tables tables;

    RebuildModel(Tables tables) {
        this.tables = tables;
    }

    boolean isEmpty() {
        return tables.blobs.isEmpty()
                && tables.published.isEmpty()
                && tables.wal.isEmpty()
                && tables.processed.isEmpty();
    }

    void write(RebuiltCatalog catalog, long epoch) {
        catalog.logged().forEach(this::log);
        catalog.published().forEach(this::publish);
        catalog.wal().forEach((partition, place) -> {
            var done = Objects.requireNonNull(catalog.processed().get(partition));
            position(partition, place, done, epoch);
        });
        catalog.widths().forEach((object, width) -> tables.widths.merge(object, width, Math::max));
        tables.parts.values().stream().filter(part -> part.deadRows() > 0).forEach(part -> part.eraseBy = tables.now());
    }

    private void log(LoggedSection section) {
        var blob = tables.logBlob(section.blobName()).orElseGet(() -> {
            var listed = new LogBlob(
                    tables.nextId(),
                    section.blobName(),
                    section.organization(),
                    section.blobBytes(),
                    section.footerOffset());
            tables.logBlobs.put(listed.id(), listed);
            tables.objectsLeft.put(listed.id(), 0L);
            tables.list(section.blobName(), section.blobBytes());
            return listed;
        });
        long writes = section.objects().values().stream()
                .mapToLong(LoggedSection.LoggedWrites::writes)
                .sum();
        long sum = section.objects().values().stream()
                .mapToLong(LoggedSection.LoggedWrites::stampSum)
                .sum();
        tables.logSections.add(new LogSection(
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next(),
                blob.id(),
                writes,
                sum,
                null));
        section.objects().forEach((object, of) -> {
            tables.objectsLeft.merge(blob.id(), 1L, Long::sum);
            tables.logObjects.add(new LogObject(
                    object,
                    section.partition(),
                    section.incarnation(),
                    section.first(),
                    section.next(),
                    blob.id(),
                    of.writes()));
        });
    }

    private void publish(StoredCheckpoint stored) {
        var checkpoint = stored.checkpoint();
        var published = new Published(checkpoint.organization());
        published.version = checkpoint.version();
        published.checkpoint = stored.blobName();
        tables.published.put(checkpoint.object(), published);
        checkpoint
                .floors()
                .forEach((partition, floor) -> tables.floors.put(new Floor(checkpoint.object(), partition), floor));
        checkpoint.sections().forEach(section -> section(checkpoint, section));
        for (var part : checkpoint.parts()) {
            var row = new Part(tables.nextId(), checkpoint.object(), part.file(), part.version(), tables.now());
            row.dvVersion = part.dvVersion();
            row.dead = part.dead();
            tables.parts.put(row.id, row);
            listOnce(part.file().name(), part.file().bytes());
            listOnce(part.file().orcName(), part.file().orcBytes());
            part.dead().ifPresent(dead -> listOnce(dead.name(), dead.bytes()));
        }
        listOnce(stored.blobName(), stored.bytes());
    }

    private void section(Checkpoint checkpoint, Checkpoint.Section section) {
        var blob = tables.cutBlob(section.blobName()).orElseGet(() -> {
            var row = new CutBlobRow(
                    tables.nextId(),
                    section.blobName(),
                    checkpoint.organization(),
                    section.blobBytes(),
                    section.footerOffset());
            tables.cutBlobs.put(row.id, row);
            listOnce(section.blobName(), section.blobBytes());
            return row;
        });
        blob.sectionsLeft++;
        if (!section.carried()) {
            blob.partitions.add(section.section().partition());
        }
        long id = tables.nextId();
        tables.cutSections.put(id, new CutSection(id, blob.id, section.section(), section.carried(), tables.now()));
    }

    private void listOnce(String name, long bytes) {
        if (!tables.blobs.containsKey(name)) {
            tables.list(name, bytes);
        }
    }

    private void position(int partition, LogOffset wal, LogOffset done, long epoch) {
        tables.wal.put(partition, new Position(wal.incarnation(), wal.offset(), epoch));
        tables.walReigns.put(new Reign(partition, epoch), wal);
        tables.processed.put(partition, new Position(done.incarnation(), done.offset(), epoch));
        tables.processedReigns.put(new Reign(partition, epoch), done);
    }
}

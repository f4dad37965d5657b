package io.spanlake.simulation.catalog;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.ObjectRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables, for those who look from outside whether they are sound. */
public final class CatalogView {
    private final Tables tables;

    CatalogView(Tables tables) {
        this.tables = tables;
    }

    /** @param first and {@code next} of the partition, as some section has them */
    public record Range(int partition, int incarnation, long first, long next) {}

    public Map<Integer, LogOffset> walPlaces() {
        var places = new TreeMap<Integer, LogOffset>();
        tables.wal.forEach((partition, position) -> places.put(partition, position.place()));
        return places;
    }

    public Map<Integer, LogOffset> processedPlaces() {
        var places = new TreeMap<Integer, LogOffset>();
        tables.processed.forEach((partition, position) -> places.put(partition, position.place()));
        return places;
    }

    /** Of all sections that the log lists, in order. */
    public List<Range> ranges() {
        return tables.logSections.stream()
                .map(section -> new Range(section.partition(), section.incarnation(), section.first(), section.next()))
                .distinct()
                .sorted(Comparator.comparingInt(Range::partition)
                        .thenComparingInt(Range::incarnation)
                        .thenComparingLong(Range::first))
                .toList();
    }

    public List<ObjectRef> objects() {
        var objects = new TreeSet<>(Tables.BY_OBJECT);
        objects.addAll(tables.published.keySet());
        tables.logObjects.forEach(section -> objects.add(section.object()));
        return List.copyOf(objects);
    }

    /** All that is live of the object. */
    public ObjectSnapshot snapshot(ObjectRef object) {
        return new SnapshotModel(tables).snapshot(object, KnownObject.NOTHING);
    }

    public Map<ObjectRef, Long> versions() {
        var versions = new TreeMap<ObjectRef, Long>(Tables.BY_OBJECT);
        tables.published.forEach((object, published) -> versions.put(object, published.version));
        return versions;
    }

    /** Blobs that somebody may read now, or has to find when the catalog is rebuilt. */
    public List<String> needed() {
        var names = new TreeSet<String>();
        for (var object : objects()) {
            var snapshot = snapshot(object);
            snapshot.walSections().stream().map(SectionRef::blobName).forEach(names::add);
            snapshot.sections().stream().map(LiveSection::blobName).forEach(names::add);
            snapshot.parts().forEach(part -> namesOf(part, names));
        }
        tables.published.values().forEach(published -> {
            if (published.checkpoint != null) {
                names.add(published.checkpoint);
            }
        });
        return List.copyOf(names);
    }

    private static void namesOf(LivePart part, Set<String> names) {
        names.add(part.file().name());
        names.add(part.file().orcName());
        part.dead().ifPresent(dead -> names.add(dead.name()));
    }
}

package io.spanlake.simulation.catalog;

import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.simulation.catalog.Tables.LogBlob;
import io.spanlake.simulation.catalog.Tables.LogObject;
import io.spanlake.simulation.catalog.Tables.LogSection;
import io.spanlake.simulation.catalog.Tables.Position;
import io.spanlake.simulation.catalog.Tables.Reign;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** The write side of the log: {@code WalCommitSql}, said plainly. */
class LogModel {
    final Tables tables;

    LogModel(Tables tables) {
        this.tables = tables;
    }

    Map<Integer, WalPosition> claim(Collection<Integer> partitions, Optional<WritesTopic> topic) {
        var claimed = new HashMap<Integer, WalPosition>();
        var all = new TreeSet<>(partitions);
        topic.ifPresent(of -> IntStream.range(0, of.partitions()).forEach(all::add));
        var id = topic.map(WritesTopic::id);
        for (int partition : all) {
            var position = tables.wal.get(partition);
            boolean wanted = partitions.contains(partition);
            if (position == null) {
                position = new Position(1, 0, 1);
                position.topic = id;
                tables.wal.put(partition, position);
            } else if (wanted) {
                renew(position, id);
            } else {
                continue;
            }
            tables.walReigns.put(new Reign(partition, position.epoch), position.place());
            if (wanted) {
                claimed.put(partition, at(partition, position));
            }
        }
        return claimed;
    }

    private static void renew(Position position, Optional<UUID> topic) {
        position.epoch++;
        if (position.topic.isEmpty()) {
            position.topic = topic;
        } else if (topic.isPresent() && !topic.equals(position.topic) && position.stopped.isEmpty()) {
            position.stopped = Optional.of("the topic was made anew");
        }
    }

    Map<Integer, WalPosition> positions() {
        var positions = new HashMap<Integer, WalPosition>();
        tables.wal.forEach((partition, position) -> positions.put(partition, at(partition, position)));
        return positions;
    }

    static WalPosition at(int partition, Position position) {
        return new WalPosition(partition, position.incarnation, position.offset, position.epoch, position.stopped);
    }

    CommittedFlush commit(List<FlushedRange> ranges, List<WalObject> objects) {
        var taken = new TreeSet<Integer>();
        for (var range : ranges) {
            if (takes(range)) {
                taken.add(range.partition());
            }
        }
        var listed = objects.stream()
                .filter(object -> object.sections().stream().anyMatch(section -> taken.contains(section.partition())))
                .toList();
        BlobNamesTaken.refuse(tables, listed.stream().map(WalObject::name).toList());
        for (var range : ranges) {
            if (taken.contains(range.partition())) {
                move(range);
            }
        }
        listed.forEach(object -> list(object, ranges, taken));
        for (var range : ranges) {
            if (!taken.contains(range.partition()) && wasTakenBefore(range, objects)) {
                taken.add(range.partition());
            }
        }
        var refused = new TreeSet<>(ranges.stream().map(FlushedRange::partition).toList());
        refused.removeAll(taken);
        return new CommittedFlush(taken, refused);
    }

    /** The compare-and-set. */
    boolean takes(FlushedRange range) {
        var position = tables.wal.get(range.partition());
        return position != null
                && position.incarnation == range.incarnation()
                && position.offset == range.first()
                && position.epoch == range.epoch()
                && position.stopped.isEmpty();
    }

    private void move(FlushedRange range) {
        var position = Objects.requireNonNull(tables.wal.get(range.partition()));
        position.offset = range.next();
        position.readUntil = later(position.readUntil, range.appendTime());
    }

    static Instant later(@org.jspecify.annotations.Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }

    private void list(WalObject object, List<FlushedRange> ranges, Collection<Integer> taken) {
        long id = tables.nextId();
        long needed = 0;
        for (var section : object.sections()) {
            if (!taken.contains(section.partition())) {
                continue;
            }
            var range = ranges.stream()
                    .filter(of -> of.partition() == section.partition())
                    .findFirst()
                    .orElseThrow();
            tables.logSections.add(new LogSection(
                    range.partition(),
                    range.incarnation(),
                    range.first(),
                    range.next(),
                    id,
                    section.writes(),
                    section.stampSum(),
                    Objects.requireNonNull(tables.wal.get(range.partition())).readUntil));
            for (var entry : section.objects().entrySet()) {
                needed++;
                tables.logObjects.add(new LogObject(
                        entry.getKey(),
                        range.partition(),
                        range.incarnation(),
                        range.first(),
                        range.next(),
                        id,
                        entry.getValue()));
            }
        }
        tables.logBlobs.put(
                id, new LogBlob(id, object.name(), object.organization(), object.bytes(), object.footerOffset()));
        tables.objectsLeft.put(id, needed);
        tables.list(object.name(), object.bytes());
    }

    /** With objects: each lists its section of this very range. Without: the epoch has moved over the range. */
    private boolean wasTakenBefore(FlushedRange range, List<WalObject> objects) {
        var asked = objects.stream()
                .filter(object ->
                        object.sections().stream().anyMatch(section -> section.partition() == range.partition()))
                .toList();
        return asked.isEmpty()
                ? movedBy(range)
                : asked.stream()
                        .allMatch(object ->
                                tables.logBlob(object.name()).stream().anyMatch(blob -> isListed(range, blob)));
    }

    private boolean isListed(FlushedRange range, LogBlob blob) {
        return tables.logSections.stream()
                .anyMatch(section -> section.blob() == blob.id()
                        && section.partition() == range.partition()
                        && section.incarnation() == range.incarnation()
                        && section.first() == range.first()
                        && section.next() == range.next());
    }

    private boolean movedBy(FlushedRange range) {
        var began = tables.walReigns.get(new Reign(range.partition(), range.epoch()));
        var position = tables.wal.get(range.partition());
        if (began == null || position == null) {
            return false;
        }
        var ended = tables.walReigns.getOrDefault(new Reign(range.partition(), range.epoch() + 1), position.place());
        return began.incarnation() == range.incarnation()
                && began.offset() <= range.first()
                && ended.incarnation() == range.incarnation()
                && ended.offset() >= range.next();
    }

    /**
     * PostgreSQL believes no time that has not come by its own clock; here is one clock for all.
     *
     * @return partitions of a stale epoch
     */
    Set<Integer> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
        var stale = new TreeSet<Integer>();
        epochs.forEach((partition, epoch) -> {
            var position = tables.wal.get(partition);
            if (position != null && position.epoch == epoch && position.stopped.isEmpty()) {
                position.readUntil = later(position.readUntil, brokerTime);
            }
            if (position != null && position.epoch != epoch) {
                stale.add(partition);
            }
        });
        return stale;
    }

    void stop(int partition, long epoch, String reason) {
        var position = tables.wal.get(partition);
        if (position != null && position.epoch == epoch && position.stopped.isEmpty()) {
            position.stopped = Optional.of(reason);
        }
    }

    LogOffset place(int partition) {
        var position = tables.wal.get(partition);
        return position == null ? new LogOffset(1, 0) : position.place();
    }
}

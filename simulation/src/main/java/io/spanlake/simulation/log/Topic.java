package io.spanlake.simulation.log;

import io.spanlake.catalog.LogOffset;
import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.simulation.time.SimTime;
import io.spanlake.wal.receive.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Every record that was ever appended, with what is in it. Nothing is truncated. */
public final class Topic {
    /** @param counts whether it was appended in time */
    public record Appended(LogRecord record, OrganizationId organization, List<Write> writes, boolean counts) {}

    private final List<List<Appended>> partitions = new ArrayList<>();
    private final Map<List<Object>, Integer> copies = new HashMap<>();
    private final SimTime time;

    public Topic(int partitions, SimTime time) {
        this.time = time;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    public int partitions() {
        return partitions.size();
    }

    public long end(int partition) {
        return partitions.get(partition).size();
    }

    public Map<Integer, Long> ends() {
        var ends = new TreeMap<Integer, Long>();
        for (int partition = 0; partition < partitions(); partition++) {
            ends.put(partition, end(partition));
        }
        return ends;
    }

    /** Whether it was in time: only then it may be acknowledged. */
    public boolean append(int partition, OrganizationId organization, List<Write> writes, ByteSlice record) {
        long now = time.now().toEpochMilli();
        boolean counts = AppendTimeRule.counts(writes.getFirst().stamp().transaction(), now);
        var appended =
                new Appended(new LogRecord(end(partition), now, record), organization, List.copyOf(writes), counts);
        partitions.get(partition).add(appended);
        if (counts) {
            writes.forEach(write -> copies.merge(key(write.object(), write.rowId(), write.stamp()), 1, Integer::sum));
        }
        return counts;
    }

    private static List<Object> key(ObjectRef object, String row, Stamp stamp) {
        return List.of(object, row, stamp);
    }

    /** How often the write was appended. */
    public int copies(ObjectRef object, String row, Stamp stamp) {
        return copies.getOrDefault(key(object, row, stamp), 0);
    }

    public List<Appended> from(int partition, long first, long next) {
        return partitions.get(partition).subList((int) first, (int) Math.min(next, end(partition)));
    }

    /** Writes that count, of the records before these places. */
    public void forEachBefore(Map<Integer, LogOffset> places, Consumer<Write> action) {
        places.forEach((partition, place) -> from(partition, 0, place.offset()).stream()
                .filter(Appended::counts)
                .forEach(appended -> appended.writes().forEach(action)));
    }

    /** The others that count. */
    public void forEachBehind(Map<Integer, LogOffset> places, Consumer<Write> action) {
        for (int partition = 0; partition < partitions(); partition++) {
            var place = places.get(partition);
            from(partition, place == null ? 0 : place.offset(), end(partition)).stream()
                    .filter(Appended::counts)
                    .forEach(appended -> appended.writes().forEach(action));
        }
    }
}

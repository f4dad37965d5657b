package io.spanlake.query.read;

import io.spanlake.catalog.WalPosition;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.query.ReadRefusal.PartitionLag;
import io.spanlake.query.ReadRefusal.StoppedPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the write-ahead log is from where a strict read wants it. Pure.
 *
 * @param lagging partitions that will come
 * @param stopped partitions that will not, until they are repaired
 */
record LogProgress(List<PartitionLag> lagging, List<StoppedPartition> stopped) {
    /** Ends of the partitions that the object may use. */
    static Map<Integer, Long> endsFor(ObjectRef object, int width, Map<Integer, Long> ends) {
        int partitions = ends.size();
        int base = new Placement(partitions).basePartition(object);
        var wanted = new TreeMap<Integer, Long>();
        for (int i = 0; i < Math.min(width, partitions); i++) {
            int partition = (base + i) % partitions;
            wanted.put(partition, ends.getOrDefault(partition, 0L));
        }
        return wanted;
    }

    static LogProgress of(Map<Integer, Long> wanted, Map<Integer, WalPosition> positions) {
        var lagging = new ArrayList<PartitionLag>();
        var stopped = new ArrayList<StoppedPartition>();
        wanted.forEach((partition, end) -> {
            var position = positions.get(partition);
            long have = position == null ? 0 : position.offset();
            boolean isStopped = position != null && position.stopped().isPresent();
            // Ahead of a stopped log's end: it was made anew, and its offsets say nothing of what lies in it now.
            if (isStopped ? have == end : have >= end) {
                return;
            }
            if (position != null && isStopped) {
                stopped.add(new StoppedPartition(partition, position.stopped().orElse("")));
            } else {
                lagging.add(new PartitionLag(partition, have, end));
            }
        });
        return new LogProgress(lagging, stopped);
    }

    boolean isThere() {
        return lagging.isEmpty() && stopped.isEmpty();
    }
}

package io.spanlake.segments.wake;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions that Kafka gave this process. Thread-safe, never blocks: the stream thread only leaves word here. */
public final class Ownership {
    private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();

    /** In order of partition. */
    public List<Task> tasks() {
        return tasks.values().stream()
                .sorted(Comparator.comparingInt(Task::partition))
                .toList();
    }

    /** The partition is ours from now on. */
    public Task begin(int partition) {
        var task = new Task(partition);
        var before = tasks.put(partition, task);
        if (before != null) {
            before.end();
        }
        return task;
    }

    /** Kafka gives it to someone else. */
    public void end(Task task) {
        task.end();
        tasks.remove(task.partition(), task);
    }
}

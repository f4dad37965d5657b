package io.spanlake.segments.wake;

/** What the stream thread does, for tests that have none. */
public final class Tasks {
    private Tasks() {}

    public static Task begin(Ownership ownership, int partition) {
        return ownership.begin(partition);
    }

    public static void wake(Ownership ownership, int partition) {
        ownership.tasks().stream().filter(task -> task.partition() == partition).forEach(Task::wake);
    }

    public static void end(Ownership ownership, int partition) {
        ownership.tasks().stream().filter(task -> task.partition() == partition).forEach(ownership::end);
    }
}

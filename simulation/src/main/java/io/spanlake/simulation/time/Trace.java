package io.spanlake.simulation.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened, in order: the last of it in words, and all of it as a hash by which two runs are compared. */
public final class Trace {
    private record Line(long nanos, String who, String what) {}

    private final SimTime time;
    private final int lines;
    private final Deque<Line> last = new ArrayDeque<>();
    private long hash;
    private long count;

    /** @param lines so many of the last are kept */
    public Trace(SimTime time, int lines) {
        this.time = time;
        this.lines = lines;
    }

    public void add(String who, String what) {
        var line = new Line(time.nanos(), who, what);
        hash = hash * 1_000_003 + line.nanos * 31 + who.hashCode() * 17L + what.hashCode();
        count++;
        last.addLast(line);
        if (last.size() > lines) {
            last.removeFirst();
        }
    }

    public List<String> last() {
        return last.stream()
                .map(line -> "%10.3f %s: %s".formatted(line.nanos / 1e9, line.who, line.what))
                .toList();
    }

    public long hash() {
        return hash;
    }

    public long count() {
        return count;
    }
}

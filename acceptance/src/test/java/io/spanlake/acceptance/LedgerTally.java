package io.spanlake.acceptance;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a ledger has done, and every answer that may not be. Thread-safe. */
final class LedgerTally {
    private static final int WRONG_MAX = 20;

    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    void sent(List<LedgerWrite> writes, boolean acknowledged) {
        count(acknowledged ? "requests acknowledged" : "requests given up", 1);
        writes.forEach(write -> count("writes " + write.kind(), 1));
    }

    void refused() {
        count("refused for now", 1);
    }

    void unanswered() {
        count("unanswered", 1);
    }

    void read() {
        count("rows read back", 1);
    }

    void walked(long rows) {
        count("walks under load", 1);
        count("rows walked", rows);
    }

    void wrong(String what) {
        count("wrong", 1);
        if (wrong.size() < WRONG_MAX) {
            wrong.add(what);
        }
    }

    long requestsAcknowledged() {
        var count = counts.get("requests acknowledged");
        return count == null ? 0 : count.sum();
    }

    /** At most so many as a person reads. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void count(String what, long more) {
        counts.computeIfAbsent(what, _ -> new LongAdder()).add(more);
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        "%s %,d".formatted(entry.getKey(), entry.getValue().sum()))
                .collect(Collectors.joining(" · "));
    }
}

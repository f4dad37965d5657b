package io.spanlake.acceptance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rows that have to be there while they are written to: acknowledged once, and never deleted. Thread-safe. */
final class LedgerSettled {
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> deleted = new ConcurrentHashMap<>();

    /** Before they are sent. */
    void intended(List<LedgerWrite> writes) {
        writes.stream()
                .filter(write -> write.kind() == LedgerWrite.Kind.DELETE)
                .forEach(write -> of(deleted, write.object()).add(write.rowId()));
    }

    void acknowledged(List<LedgerWrite> writes) {
        writes.stream()
                .filter(write -> write.kind() == LedgerWrite.Kind.FULL)
                .forEach(write -> of(acknowledged, write.object()).add(write.rowId()));
    }

    /** Those that are settled now. */
    Set<String> rows(String object) {
        var rows = new HashSet<>(of(acknowledged, object));
        rows.removeAll(of(deleted, object));
        return rows;
    }

    private static Set<String> of(Map<String, Set<String>> rows, String object) {
        return rows.computeIfAbsent(object, _ -> ConcurrentHashMap.newKeySet());
    }
}

package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a row since its last delete, that delete included, oldest first. Immutable, never empty.
 *
 * <p>Fields that stand are decided here: those that place the row in a trace by the first write since the last that
 * replaced it, {@code created} by the first since the delete.
 */
final class History {
    private final List<HistoryEntry> entries;
    /** Index of the newest full write or delete, -1 where there is none. */
    private final int replacement;

    private History(List<HistoryEntry> entries, int replacement) {
        this.entries = entries;
        this.replacement = replacement;
    }

    static History of(HistoryEntry entry) {
        return new History(List.of(entry), entry.replaces() ? 0 : -1);
    }

    /** @throws IllegalArgumentException where there is none */
    static History of(List<HistoryEntry> inOrder) {
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("a history without writes");
        }
        return pruned(inOrder);
    }

    static History join(History a, History b) {
        var all = new ArrayList<HistoryEntry>(a.entries.size() + b.entries.size());
        int i = 0;
        int j = 0;
        while (i < a.entries.size() || j < b.entries.size()) {
            int order = order(a, i, b, j);
            all.add(order <= 0 ? a.entries.get(i++) : b.entries.get(j));
            j += order >= 0 ? 1 : 0;
        }
        return pruned(all);
    }

    private static int order(History a, int i, History b, int j) {
        if (i == a.entries.size()) {
            return 1;
        }
        return j == b.entries.size()
                ? -1
                : a.entries.get(i).version().compareTo(b.entries.get(j).version());
    }

    /** Drops what no later write can bring back. */
    private static History pruned(List<HistoryEntry> all) {
        int replacement = all.size() - 1;
        while (replacement >= 0 && !all.get(replacement).replaces()) {
            replacement--;
        }
        int first = replacement;
        while (first > 0 && all.get(first).kind() != WriteKind.DELETE) {
            first--;
        }
        first = Math.max(first, 0);
        var left = new ArrayList<HistoryEntry>(all.size() - first);
        for (int i = first; i < all.size(); i++) {
            left.add(i < replacement ? all.get(i).withoutTrace() : all.get(i));
        }
        return new History(List.copyOf(left), replacement < 0 ? -1 : replacement - first);
    }

    boolean contains(Version version) {
        return entries.stream().anyMatch(entry -> entry.version().isSameWrite(version));
    }

    boolean hasStamp(Stamp stamp) {
        return entries.stream().anyMatch(entry -> entry.version().stamp().equals(stamp));
    }

    /** The write before which nothing of the row is left; null where none replaced it. */
    @Nullable
    Version clear() {
        return replacement < 0 ? null : entries.get(replacement).version();
    }

    boolean deleted() {
        return entries.getLast().kind() == WriteKind.DELETE;
    }

    boolean patchOnly() {
        return entries.stream()
                .noneMatch(entry -> entry.kind() == WriteKind.FULL
                        || entry.trace().traceId().isPresent());
    }

    /** Index of the write that decides the trace: of those that count, the first that names one, else the first. */
    int traceIndex() {
        int first = Math.max(replacement, 0);
        for (int i = first; i < entries.size(); i++) {
            if (entries.get(i).trace().traceId().isPresent()) {
                return i;
            }
        }
        return first;
    }

    /** What places the row in a trace, field by field the first that was said. */
    TraceFields trace() {
        var trace = TraceFields.NONE;
        for (var entry : entries.subList(Math.max(replacement, 0), entries.size())) {
            trace = trace.orElse(entry.trace());
        }
        return trace;
    }

    Optional<ByteSlice> created() {
        return living().stream()
                .flatMap(entry -> Optional.ofNullable(entry.created()).stream())
                .findFirst();
    }

    /** The oldest write since the last delete; that delete where nothing followed. */
    HistoryEntry first() {
        var living = living();
        return living.isEmpty() ? entries.getFirst() : living.getFirst();
    }

    HistoryEntry last() {
        return entries.getLast();
    }

    List<HistoryEntry> entries() {
        return entries;
    }

    /** All but the delete. */
    List<HistoryEntry> living() {
        return entries.getFirst().kind() == WriteKind.DELETE ? entries.subList(1, entries.size()) : entries;
    }

    long bytes() {
        long bytes = 48;
        for (var entry : entries) {
            bytes += entry.bytes();
        }
        return bytes;
    }
}

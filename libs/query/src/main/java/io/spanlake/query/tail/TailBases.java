package io.spanlake.query.tail;

import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.VisiblePart;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of a view have a base in a part, which parts were asked, and so which rows of each part are not shown from
 * there. A part never changes but for rows that die: so no row is asked of it twice. Not thread-safe.
 */
final class TailBases {
    private final BitSet found = new BitSet();
    /** Rows of which no part was asked yet. */
    private final BitSet unasked = new BitSet();
    /** Parts, by id, that all other rows were asked of. */
    private Set<Long> asked = new HashSet<>();

    private final Map<Long, RoaringBitmap> overridden = new HashMap<>();
    private final Map<Long, VisiblePart> visible = new HashMap<>();

    void addRow(int row) {
        unasked.set(row);
    }

    void asked(Set<Long> parts) {
        asked = new HashSet<>(parts);
    }

    Set<Long> asked() {
        return Set.copyOf(asked);
    }

    boolean isUnasked(int row) {
        return unasked.get(row);
    }

    boolean has(int row) {
        return found.get(row);
    }

    void add(int row, long part, int ordinal) {
        found.set(row);
        overridden.computeIfAbsent(part, _ -> new RoaringBitmap()).add(ordinal);
        visible.remove(part);
    }

    /** Rows, in order, that still have to be asked of some of the parts. */
    IntStream toAsk(int rows, Collection<OpenPart> parts) {
        if (parts.isEmpty()) {
            return IntStream.empty();
        }
        boolean newPart = parts.stream().anyMatch(this::isNew);
        return (newPart ? IntStream.range(0, rows) : unasked.stream()).filter(row -> !found.get(row));
    }

    /** Those that the row still has to be asked of. */
    List<OpenPart> partsToAsk(int row, Collection<OpenPart> parts) {
        return unasked.get(row)
                ? List.copyOf(parts)
                : parts.stream().filter(this::isNew).toList();
    }

    private boolean isNew(OpenPart part) {
        return !asked.contains(part.id());
    }

    void allAsked(Collection<OpenPart> parts) {
        unasked.clear();
        asked = new HashSet<>();
        parts.forEach(part -> asked.add(part.id()));
    }

    /** What is left of each part without the rows that are dead or stand here. */
    List<VisiblePart> visible(Collection<OpenPart> parts) {
        return parts.stream().map(this::visible).toList();
    }

    private VisiblePart visible(OpenPart part) {
        var known = visible.get(part.id());
        if (known != null && known.part().hasSameRowsAs(part)) {
            return known;
        }
        var here = overridden.get(part.id());
        var hidden = here == null ? part.dead() : RoaringBitmap.or(part.dead(), here);
        var now = new VisiblePart(part, hidden);
        visible.put(part.id(), now);
        return now;
    }

    long bytes() {
        return found.size() / 8
                + unasked.size() / 8
                + overridden.values().stream()
                        .mapToLong(RoaringBitmap::getLongSizeInBytes)
                        .sum();
    }
}

package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an object's tail, without its JSON: about 140 bytes a row that was written twice. Extended section by
 * section; {@link #settle} brings rows, order and traces up to date with what was added. Not thread-safe.
 */
final class TailIndex {
    /** What a row gets on top of what was sent: ids, keys, audit. */
    private static final int CONTROL_BYTES = 512;

    private final TailRows rows = new TailRows();
    private final TailWrites writes = new TailWrites();
    private final Set<SectionId> applied = new HashSet<>();
    private final BitSet touched = new BitSet();
    /** Rows of which only patches are known and whose base may still come. */
    private final BitSet unresolved = new BitSet();

    boolean has(SectionRef section) {
        return applied.contains(SectionId.of(section));
    }

    /** A section that was taken since the last {@link #settle} changes nothing; an older one folds to the same. */
    void add(SectionKeys keys) {
        if (!applied.add(SectionId.of(keys.section()))) {
            return;
        }
        int section = writes.addSection(keys.section());
        for (var write : keys.writes()) {
            int row = rows.findOrAdd(write.rowId());
            int trace = write.traceId().map(rows::findOrAddTrace).orElse(IdTable.NONE);
            writes.add(row, section, write, trace);
            touched.set(row);
        }
    }

    /** Folds what was added, and shows the patches behind the closed transaction as rows of their own. */
    void settle(TransactionId closed) {
        touched.or(unresolved);
        for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
            settle(row, closed);
        }
        touched.clear();
        // The positions have passed them: the catalog does not name them again.
        applied.clear();
    }

    private void settle(int row, TransactionId closed) {
        var facts = writes.facts(row);
        // Once the first patch is closed no base came before it: the row is its own, and later patches do not hide it.
        boolean waits = !facts.deleted() && facts.patchOnly() && isOpen(facts.first(), closed);
        unresolved.set(row, waits);
        if (facts.deleted() || waits) {
            rows.hide(row);
        } else {
            rows.show(row, facts.first(), facts.trace());
        }
    }

    private static boolean isOpen(long paginationNumber, TransactionId closed) {
        return Long.compareUnsigned(paginationNumber >>> 16, closed.value() & 0xFFFF_FFFF_FFFFL) > 0;
    }

    TailCounts counts() {
        return rows.counts();
    }

    Optional<RowPlaces> row(String rowId) {
        int row = rows.find(rowId);
        return row == IdTable.NONE || !rows.isVisible(row) ? Optional.empty() : Optional.of(places(row));
    }

    List<RowPlaces> trace(String traceId) {
        int trace = rows.findTrace(traceId);
        var found = new ArrayList<RowPlaces>();
        if (trace != IdTable.NONE) {
            for (int row = rows.firstOfTrace(trace); row != IdTable.NONE; row = rows.nextOfTrace(row)) {
                found.add(places(row));
            }
        }
        if (found.isEmpty()) {
            int row = rows.find(traceId);
            return row != IdTable.NONE && rows.isVisible(row) && !rows.hasTrace(row) ? List.of(places(row)) : List.of();
        }
        found.sort(Comparator.comparing(RowPlaces::position));
        return found;
    }

    RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
        var page = new PageUnderWay(limits);
        switch (direction) {
            case NEWEST_FIRST ->
                after.ifPresentOrElse(
                        from -> rows.order().descend(from.key(), from.tie(), page::take),
                        () -> rows.order().descend(page::take));
            case OLDEST_FIRST -> {
                var from = after.orElse(new RowPosition(0, 0));
                rows.order().ascend(from.key(), from.tie(), page::take);
            }
        }
        return page.end();
    }

    long bytes() {
        return rows.bytes() + writes.bytes() + applied.size() * 150L;
    }

    int writes() {
        return writes.size();
    }

    private RowPlaces places(int row) {
        return new RowPlaces(rows.id(row), position(row), writes.places(row), writes.bytesOf(row) + CONTROL_BYTES);
    }

    private RowPosition position(int row) {
        return new RowPosition(rows.key(row), rows.tie(row));
    }

    private record SectionId(String blob, int partition, int incarnation, long first) {
        static SectionId of(SectionRef section) {
            return new SectionId(section.blobName(), section.partition(), section.incarnation(), section.first());
        }
    }

    private final class PageUnderWay {
        private final PageLimits limits;
        private final ArrayList<RowPlaces> taken = new ArrayList<>();
        private long bytes;
        private boolean more;

        PageUnderWay(PageLimits limits) {
            this.limits = limits;
        }

        /** Whether the page wants to see the next row. */
        boolean take(int row) {
            if (!taken.isEmpty() && (taken.size() == limits.rows() || bytes + writes.bytesOf(row) > limits.bytes())) {
                more = true;
                return false;
            }
            var places = places(row);
            taken.add(places);
            bytes += places.bytes();
            return true;
        }

        RowPage end() {
            return new RowPage(taken, more ? Optional.of(taken.getLast().position()) : Optional.empty());
        }
    }
}

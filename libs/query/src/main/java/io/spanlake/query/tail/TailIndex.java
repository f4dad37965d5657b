package io.spanlake.query.tail;

import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.VisiblePart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object's tail, without its JSON: about 140 bytes a row that was written twice. Extended section by
 * section, and by the bases of its rows in parts; {@link #settle} brings rows, order and traces up to date with what was
 * added. Not thread-safe.
 */
final class TailIndex {
    /** What a row gets on top of what was sent: ids, keys, audit. */
    static final int CONTROL_BYTES = 512;

    private final TailRows rows = new TailRows();
    private final TailWrites writes = new TailWrites();
    private final TailBases bases = new TailBases();
    /** Number of each source by its identity. */
    private final Map<Object, Integer> sources = new HashMap<>();

    private final BitSet touched = new BitSet();
    /** Rows of which only patches are known and whose base may still come. */
    private final BitSet unresolved = new BitSet();
    /** All rows as they are now, where somebody asked for them. */
    private @Nullable TailRowList all;

    boolean has(Source source) {
        return sources.containsKey(source.identity());
    }

    /** The sections that it is made of. */
    Collection<Source> sections() {
        return writes.sources();
    }

    /** A section that it has changes nothing. */
    void add(SectionKeys keys) {
        if (has(keys.source())) {
            return;
        }
        int source = numberOf(keys.source());
        for (var write : keys.writes()) {
            int known = rows.size();
            int row = rows.findOrAdd(write.rowId());
            if (row == known) {
                bases.addRow(row);
            }
            add(row, source, write);
        }
    }

    private int numberOf(Source source) {
        return sources.computeIfAbsent(source.identity(), _ -> writes.addSource(source));
    }

    private void add(int row, int source, WriteKey write) {
        int trace = write.traceId().map(rows::findOrAddTrace).orElse(IdTable.NONE);
        writes.add(row, source, write, trace);
        touched.set(row);
        all = null;
    }

    /** The rows that may have a base in a part that they were not asked of. CPU work. */
    List<BaseQuestion> questions(Collection<OpenPart> parts) {
        return bases.toAsk(rows.size(), parts)
                .mapToObj(row -> question(row, bases.partsToAsk(row, parts)))
                .filter(question -> !question.parts().isEmpty())
                .toList();
    }

    private BaseQuestion question(int row, List<OpenPart> toAsk) {
        var rowId = rows.id(row);
        long hash = Placement.hash(rowId);
        return new BaseQuestion(
                rowId,
                toAsk.stream()
                        .filter(part -> part.reader().mayHaveRowHash(hash))
                        .toList());
    }

    /** A second base of a row changes nothing. */
    void add(BaseRow base) {
        int row = rows.find(base.rowId());
        if (row == IdTable.NONE || bases.has(row)) {
            return;
        }
        var part = new Source.Part(base.part());
        int source = numberOf(part);
        var place =
                StatePlace.ofPart(part, base.ordinal(), base.writes().getFirst().stamp());
        int bytes = base.bytes();
        for (var write : base.writes()) {
            add(
                    row,
                    source,
                    new WriteKey(
                            base.rowId(),
                            write.traceId(),
                            write.stamp(),
                            write.kind(),
                            place.block(),
                            place.index(),
                            bytes,
                            LatestStart.UNKNOWN));
            bytes = 0;
        }
        bases.add(row, base.part().id(), base.ordinal());
    }

    void allAsked(Collection<OpenPart> parts) {
        bases.allAsked(parts);
    }

    /** Folds what was added, and shows the patches behind the closed transaction as rows of their own. */
    void settle(TransactionId closed) {
        touched.or(unresolved);
        for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
            settle(row, closed);
        }
        touched.clear();
    }

    private void settle(int row, TransactionId closed) {
        all = null;
        var facts = writes.facts(row);
        // Once the first patch is closed no base came before it: the row is its own, and later patches do not hide it.
        boolean waits = !facts.deleted() && facts.patchOnly() && isOpen(facts.first(), closed);
        unresolved.set(row, waits);
        if (facts.deleted() || waits) {
            rows.hide(row);
        } else {
            rows.show(row, facts.first(), facts.trace() == IdTable.NONE ? traceOfItsOwn(row) : facts.trace());
        }
    }

    private int traceOfItsOwn(int row) {
        return rows.findOrAddTrace(rows.id(row));
    }

    private static boolean isOpen(long paginationNumber, TransactionId closed) {
        return Long.compareUnsigned(paginationNumber >>> 16, closed.value() & 0xFFFF_FFFF_FFFFL) > 0;
    }

    /**
     * The same of a later snapshot: without the sections that are no more, and without the bases that died or moved, for which
     * the new parts are still to be asked. A row of which nothing else is left is gone.
     */
    TailIndex rebased(Function<Source, Optional<Source>> staying) {
        var target = new TailIndex();
        var stay = writes.sources().stream().map(staying).toList();
        stay.forEach(source -> source.ifPresent(target::numberOf));
        target.bases.asked(bases.asked());
        for (int row = 0; row < rows.size(); row++) {
            target.adopt(this, row, stay);
        }
        return target;
    }

    private void adopt(TailIndex from, int row, List<Optional<Source>> stay) {
        var kept = IntStream.of(from.writes.of(row))
                .filter(write -> stays(from.writes, write, stay))
                .toArray();
        if (IntStream.of(kept).allMatch(write -> isBase(from.writes, write))) {
            return;
        }
        var rowId = from.rows.id(row);
        int here = rows.findOrAdd(rowId);
        if (from.bases.isUnasked(row)) {
            bases.addRow(here);
        }
        for (int i = kept.length - 1; i >= 0; i--) {
            var source = stay.get(from.writes.sourceOf(kept[i])).orElseThrow();
            int trace = from.writes.traceOf(kept[i]);
            var traceId = trace == IdTable.NONE ? Optional.<String>empty() : Optional.of(from.rows.traceId(trace));
            var key = from.writes.key(kept[i], rowId, traceId);
            add(here, numberOf(source), key);
            if (source instanceof Source.Part(var part)) {
                bases.add(here, part.id(), key.ordinal());
            }
        }
    }

    private static boolean stays(TailWrites writes, int write, List<Optional<Source>> stay) {
        return stay.get(writes.sourceOf(write))
                .map(source -> !(source instanceof Source.Part(var part)) || !part.isDead(writes.ordinal(write)))
                .orElse(false);
    }

    private static boolean isBase(TailWrites writes, int write) {
        return writes.sources().get(writes.sourceOf(write)) instanceof Source.Part;
    }

    TailCounts counts() {
        return rows.counts();
    }

    long[] traceHashes() {
        return rows.traceHashes();
    }

    /** The parts without the rows that stand here. */
    List<VisiblePart> visible(Collection<OpenPart> parts) {
        return bases.visible(parts);
    }

    /** Whether the row stands here, shown or not. */
    boolean knows(String rowId) {
        return rows.find(rowId) != IdTable.NONE;
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
        found.sort(Comparator.comparing(RowPlaces::position));
        return found;
    }

    RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
        var page = new PageUnderWay(limits, writes, this::places);
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

    /**
     * The same list until something is added or shown.
     *
     * @param lock see {@link TailRowList}; the same each time
     */
    PlacedRows all(Object lock) {
        var known = all;
        if (known == null) {
            known = new TailRowList(rows, writes, lock);
            all = known;
        }
        return known;
    }

    long bytes() {
        long listed = all == null ? 0 : all.size() * 20L;
        return rows.bytes() + writes.bytes() + bases.bytes() + sources.size() * 150L + listed;
    }

    int writes() {
        return writes.size();
    }

    private RowPlaces places(int row) {
        var position = new RowPosition(rows.key(row), rows.tie(row));
        return new RowPlaces(rows.id(row), position, writes.places(row), writes.bytesOf(row) + CONTROL_BYTES);
    }
}

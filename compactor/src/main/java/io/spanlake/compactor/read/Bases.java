package io.spanlake.compactor.read;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of live parts that tail rows fold with: every part is asked for every id, by its bloom filter. Remembers which
 * rows were taken. Blocks; not thread-safe.
 */
public final class Bases {
    /**
     * @param part  index in the list of parts
     * @param until of a version that another one took the place of
     */
    public record Base(int part, int ordinal, RowState row, Optional<TransactionId> until) {}

    private final ObjectRef object;
    private final List<OpenPart> parts;
    private final SortedMap<Integer, RoaringBitmap> taken = new TreeMap<>();

    public Bases(ObjectRef object, List<OpenPart> parts) {
        this.object = object;
        this.parts = List.copyOf(parts);
    }

    public List<OpenPart> parts() {
        return parts;
    }

    /** The only live row of the id. */
    public Optional<Base> of(String rowId) {
        for (int part = 0; part < parts.size(); part++) {
            var ordinal = liveOrdinal(parts.get(part), rowId);
            if (ordinal.isPresent()) {
                return Optional.of(base(part, ordinal.getAsInt(), rowId));
            }
        }
        return Optional.empty();
    }

    /** The live versions of the id that are still seen at a transaction, or begin behind it. */
    public List<Base> versionsOf(String rowId, TransactionId from) {
        var found = new ArrayList<Base>();
        for (int part = 0; part < parts.size(); part++) {
            var open = parts.get(part);
            for (int ordinal :
                    Objects.requireNonNull(open.reader().candidatesOf(rowId).block())) {
                var key = open.isDead(ordinal)
                        ? null
                        : open.reader().keys(ordinal, 1).blockLast();
                if (key != null
                        && key.rowId().equals(rowId)
                        && key.until().filter(end -> end.compareTo(from) <= 0).isEmpty()) {
                    found.add(base(part, ordinal, rowId));
                }
            }
        }
        return found;
    }

    /** Whether the id has a live row; without reading it. */
    public boolean has(String rowId) {
        return parts.stream().anyMatch(part -> liveOrdinal(part, rowId).isPresent());
    }

    private static OptionalInt liveOrdinal(OpenPart part, String rowId) {
        var ordinal = Objects.requireNonNull(part.reader().ordinalOf(rowId).block());
        return ordinal.isPresent() && part.isDead(ordinal.getAsInt()) ? OptionalInt.empty() : ordinal;
    }

    private Base base(int part, int ordinal, String rowId) {
        var stored =
                Objects.requireNonNull(parts.get(part).reader().row(ordinal).block());
        return new Base(part, ordinal, stored.state(object, rowId), stored.until());
    }

    /** The row dies with the swap. */
    public void take(Base base) {
        if (!taken.computeIfAbsent(base.part(), _ -> new RoaringBitmap()).checkedAdd(base.ordinal())) {
            throw new IllegalStateException("row %d of %s dies twice"
                    .formatted(
                            base.ordinal(), parts.get(base.part()).live().file().name()));
        }
    }

    /** Ordinals that die, by part, in the order of parts. */
    public SortedMap<Integer, RoaringBitmap> taken() {
        return Collections.unmodifiableSortedMap(taken);
    }
}

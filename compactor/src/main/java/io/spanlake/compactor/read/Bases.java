package io.spanlake.compactor.read;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of live parts that tail rows fold with: every part is asked for every id, by its bloom filter. Remembers which
 * rows were taken. Blocks; not thread-safe.
 */
public final class Bases {
    /** @param part index in the list of parts */
    public record Base(int part, int ordinal, RowState row) {}

    private final ObjectRef object;
    private final List<OpenPart> parts;
    private final Map<Integer, RoaringBitmap> taken = new HashMap<>();

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
            var open = parts.get(part);
            if (open.reader().mayHaveRow(rowId)) {
                var ordinal =
                        Objects.requireNonNull(open.reader().ordinalOf(rowId).block());
                if (ordinal.isPresent() && !open.isDead(ordinal.getAsInt())) {
                    return Optional.of(base(part, ordinal.getAsInt(), rowId));
                }
            }
        }
        return Optional.empty();
    }

    private Base base(int part, int ordinal, String rowId) {
        var stored =
                Objects.requireNonNull(parts.get(part).reader().row(ordinal).block());
        return new Base(part, ordinal, stored.state(object, rowId));
    }

    /** The row dies with the swap. */
    public void take(Base base) {
        if (!taken.computeIfAbsent(base.part(), _ -> new RoaringBitmap()).checkedAdd(base.ordinal())) {
            throw new IllegalStateException("row %d of %s dies twice"
                    .formatted(
                            base.ordinal(), parts.get(base.part()).live().file().name()));
        }
    }

    /** Ordinals that die, by part. */
    public Map<Integer, RoaringBitmap> taken() {
        return Map.copyOf(taken);
    }
}

package io.spanlake.compactor.read;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.KeyStretch;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.RowStretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of live parts that tail rows fold with: every part is asked for every id, by its bloom filter, and for all of
 * them at once, so that each stretch of its lookup is read once a job. Remembers which rows were taken. Blocks; not
 * thread-safe.
 */
public final class Bases {
    /** Of decoded keys, and of decoded rows: those of a trace lie side by side, and are asked for one after another. */
    private static final long DECODED_BYTES_MAX = 16 << 20;

    /**
     * @param part  index in the list of parts
     * @param until of a version that another one took the place of
     */
    public record Base(int part, int ordinal, RowState row, Optional<TransactionId> until) {
        Place place() {
            return new Place(part, ordinal);
        }
    }

    /**
     * Where a row lies.
     *
     * @param part index in the list of parts
     */
    public record Place(int part, int ordinal) {}

    private final ObjectRef object;
    private final List<OpenPart> parts;
    private final Map<Long, List<Place>> candidates = new HashMap<>();
    private final FrameCache<KeyStretch> keys = new FrameCache<>(DECODED_BYTES_MAX);
    private final FrameCache<RowStretch> rows = new FrameCache<>(DECODED_BYTES_MAX);
    private final SortedMap<Integer, RoaringBitmap> taken = new TreeMap<>();

    private Bases(ObjectRef object, List<OpenPart> parts) {
        this.object = object;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads where the rows may lie.
     *
     * @param rowHashes of the only ids that are asked for, each once
     */
    public static Bases of(ObjectRef object, List<OpenPart> parts, long[] rowHashes) {
        var bases = new Bases(object, parts);
        for (int part = 0; part < parts.size(); part++) {
            bases.addCandidates(part, rowHashes);
        }
        return bases;
    }

    private void addCandidates(int part, long[] rowHashes) {
        var found = parts.get(part).reader().candidatesOf(rowHashes);
        for (var row : found.toIterable()) {
            candidates.computeIfAbsent(row.rowHash(), _ -> new ArrayList<>(1)).add(new Place(part, row.ordinal()));
        }
    }

    public List<OpenPart> parts() {
        return parts;
    }

    /** The only live row of the id. */
    public Optional<Base> of(String rowId) {
        return candidates(rowId).stream()
                .filter(candidate -> isNewest(candidate, rowId))
                .findFirst()
                .map(candidate -> base(candidate, rowId));
    }

    /** The live versions of the id that are still seen at a transaction, or begin behind it. */
    public List<Base> versionsOf(String rowId, TransactionId from) {
        return candidates(rowId).stream()
                .filter(candidate -> isSeen(candidate, rowId, from))
                .map(candidate -> base(candidate, rowId))
                .toList();
    }

    /** Where all live versions of the id lie, without reading them. */
    public Map<Place, PartKey> keysOf(String rowId) {
        var keys = new LinkedHashMap<Place, PartKey>();
        for (var candidate : candidates(rowId)) {
            var key = key(candidate);
            if (key.rowId().equals(rowId) && !parts.get(candidate.part()).isDead(candidate.ordinal())) {
                keys.put(candidate, key);
            }
        }
        return keys;
    }

    /** The parts that have a dead row of the id: an older state of it. */
    public IntStream deadIn(String rowId) {
        return candidates(rowId).stream()
                .filter(candidate -> parts.get(candidate.part()).isDead(candidate.ordinal()))
                .filter(candidate -> key(candidate).rowId().equals(rowId))
                .mapToInt(Place::part);
    }

    /** The row that another part has under this key; without reading it. */
    public Optional<Place> placeOf(PartKey key) {
        return candidates(key.rowId()).stream()
                .filter(candidate -> !parts.get(candidate.part()).isDead(candidate.ordinal()))
                .filter(candidate -> isSame(key(candidate), key))
                .findFirst();
    }

    /** Of the versions of a row each has a last write of its own. */
    private static boolean isSame(PartKey one, PartKey other) {
        return one.rowId().equals(other.rowId()) && one.last().equals(other.last());
    }

    private List<Place> candidates(String rowId) {
        return candidates.getOrDefault(Placement.hash(rowId), List.of());
    }

    private boolean isNewest(Place candidate, String rowId) {
        var part = parts.get(candidate.part());
        return !part.isDead(candidate.ordinal())
                && !part.reader().superseded().contains(candidate.ordinal())
                && key(candidate).rowId().equals(rowId);
    }

    private boolean isSeen(Place candidate, String rowId, TransactionId from) {
        if (parts.get(candidate.part()).isDead(candidate.ordinal())) {
            return false;
        }
        var key = key(candidate);
        return key.rowId().equals(rowId)
                && key.until().filter(end -> end.compareTo(from) <= 0).isEmpty();
    }

    private PartKey key(Place candidate) {
        return keysAround(candidate).key(candidate.ordinal());
    }

    private Base base(Place candidate, String rowId) {
        var stored = rowsAround(candidate).row(candidate.ordinal());
        return new Base(candidate.part(), candidate.ordinal(), stored.state(object, rowId), stored.until());
    }

    private KeyStretch keysAround(Place candidate) {
        var frame = frame(candidate);
        var decoded = keys.get(frame);
        if (decoded == null) {
            decoded = Objects.requireNonNull(parts.get(candidate.part())
                    .reader()
                    .keyStretch(candidate.ordinal())
                    .block());
            keys.put(frame, decoded, decoded.bytes());
        }
        return decoded;
    }

    private RowStretch rowsAround(Place candidate) {
        var frame = frame(candidate);
        var decoded = rows.get(frame);
        if (decoded == null) {
            decoded = Objects.requireNonNull(parts.get(candidate.part())
                    .reader()
                    .rowStretch(keysAround(candidate))
                    .block());
            rows.put(frame, decoded, decoded.bytes());
        }
        return decoded;
    }

    private FrameCache.Key frame(Place candidate) {
        return new FrameCache.Key(
                candidate.part(), parts.get(candidate.part()).reader().stretchOf(candidate.ordinal()));
    }

    /** The row dies with the swap. */
    public void take(Base base) {
        take(base.place());
    }

    /** The same of a row that was not read. */
    public void take(Place place) {
        if (!taken.computeIfAbsent(place.part(), _ -> new RoaringBitmap()).checkedAdd(place.ordinal())) {
            throw new IllegalStateException("row %d of %s dies twice"
                    .formatted(
                            place.ordinal(),
                            parts.get(place.part()).live().file().name()));
        }
    }

    /** Ordinals that die, by part, in the order of parts. */
    public SortedMap<Integer, RoaringBitmap> taken() {
        return Collections.unmodifiableSortedMap(taken);
    }
}

package io.spanlake.query.column;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/** Rows of parts in the order of one column, some at a time; rows with equal keys come together. Not thread-safe. */
public final class KeyRun {
    private static final int BATCH = BlockBounds.ROWS;

    /**
     * @param part place of the part among those given
     * @param key  in the order of values; of values that differ it may be the same
     */
    public record Place(int part, int row, long key) {}

    private record Keyed(KeyedPart part, OrderKeys keys) {}

    private final List<Keyed> parts;
    private final boolean descending;
    /** Decimals of all keys; empty where they are doubles. */
    private final OptionalInt scale;

    private final int[] batch = new int[BATCH];
    /** What comes next is smaller, where descending; else larger. */
    private long bound;

    /**
     * @param parts each at its place
     * @param from  where they begin, included; values of other kinds bound nothing
     */
    public KeyRun(List<KeyedPart> parts, boolean descending, Optional<Value> from) {
        this.scale = scaleOf(parts);
        this.parts =
                parts.stream().map(part -> new Keyed(part, part.keys(scale))).toList();
        this.descending = descending;
        this.bound = from.flatMap(this::numberOf)
                .map(number -> descending ? number + 1 : number - 1)
                .orElse(descending ? Long.MAX_VALUE : OrderKeys.NULL);
    }

    private static OptionalInt scaleOf(List<KeyedPart> parts) {
        int scale = 0;
        for (var part : parts) {
            if (part.scale().isEmpty()) {
                return OptionalInt.empty();
            }
            scale = Math.max(scale, part.scale().getAsInt());
        }
        int most = scale;
        return parts.stream().allMatch(part -> part.fits(most)) ? OptionalInt.of(most) : OptionalInt.empty();
    }

    private Optional<Long> numberOf(Value value) {
        boolean times = parts.stream().anyMatch(keyed -> keyed.part.vector() instanceof ColumnVector.Times);
        try {
            return switch (value) {
                case TimeValue time when times -> Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, time.instant()));
                case NumberValue number when !times -> Optional.of(numberOf(number));
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private long numberOf(NumberValue number) {
        if (scale.isEmpty()) {
            return OrderKeys.sortable(number.decimal().doubleValue());
        }
        var scaled = number.decimal().movePointRight(scale.getAsInt());
        return scaled.setScale(0, descending ? RoundingMode.CEILING : RoundingMode.FLOOR)
                .longValueExact();
    }

    public Value value(Place place) {
        return parts.get(place.part).part.vector().value(place.row);
    }

    /** The value that comes first of all that the places have, which are in their order. */
    public Value first(List<Place> places) {
        var first = value(places.getFirst());
        for (int i = 1; i < places.size() && places.get(i).key == places.getFirst().key; i++) {
            var other = value(places.get(i));
            int order = Compare.SORTED.compare(other, first);
            if (descending ? order > 0 : order < 0) {
                first = other;
            }
        }
        return first;
    }

    /** The next rows, at least so many where there are, in their order. */
    public List<Place> next(int count) {
        long last = lastOf(count);
        var places = new ArrayList<Place>(Math.min(count, 1 << 16));
        for (var keyed : parts) {
            for (int block = 0; block < keyed.keys.blocks(); block++) {
                if (!isBehind(keyed.keys.nearest(block, descending), last)) {
                    AbandonedException.check();
                    collect(keyed, block, last, places);
                }
            }
        }
        bound = last;
        Comparator<Place> ascending = Comparator.comparingLong(Place::key);
        places.sort(descending ? ascending.reversed() : ascending);
        return places;
    }

    private boolean isBehind(long key, long last) {
        return descending ? key < last : key > last;
    }

    private boolean isBeyondBound(long key) {
        return descending ? key < bound : key > bound;
    }

    private void collect(Keyed keyed, int block, long last, List<Place> places) {
        int count = keyed.part.rowsOf(block, batch, keyed.keys.rows());
        for (int i = 0; i < count; i++) {
            long key = keyed.keys.of(batch[i]);
            if (key != OrderKeys.NULL && isBeyondBound(key) && !isBehind(key, last)) {
                places.add(new Place(keyed.part.place(), batch[i], key));
            }
        }
    }

    private record Block(Keyed keyed, int index, long nearest) {}

    /** The key of the last row of the run. Blocks of rows are looked at in the order in which they may have the next ones. */
    private long lastOf(int count) {
        var blocks = new ArrayList<Block>();
        for (var keyed : parts) {
            for (int block = 0; block < keyed.keys.blocks(); block++) {
                blocks.add(new Block(keyed, block, keyed.keys.nearest(block, descending)));
            }
        }
        Comparator<Block> ascending = Comparator.comparingLong(Block::nearest);
        blocks.sort(descending ? ascending.reversed() : ascending);
        Comparator<Long> natural = Comparator.naturalOrder();
        var best = new PriorityQueue<Long>(descending ? natural : natural.reversed());
        for (var block : blocks) {
            if (best.size() == count && isBehind(block.nearest, best.element())) {
                break;
            }
            look(block, count, best);
        }
        return best.isEmpty() ? bound : best.element();
    }

    private void look(Block block, int count, PriorityQueue<Long> best) {
        AbandonedException.check();
        var keys = block.keyed.keys;
        int rows = block.keyed.part.rowsOf(block.index, batch, keys.rows());
        for (int i = 0; i < rows; i++) {
            // Rows lie about in the order of time: from the end the best ones come first, and the others are not put in
            // before them.
            long key = keys.of(batch[descending ? rows - 1 - i : i]);
            if (key == OrderKeys.NULL || !isBeyondBound(key)) {
                continue;
            }
            if (best.size() < count) {
                best.add(key);
            } else if (!isBehind(key, best.element())) {
                best.poll();
                best.add(key);
            }
        }
    }
}

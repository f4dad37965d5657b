package io.spanlake.query.column;

import io.spanlake.model.AbandonedException;
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
import java.util.PriorityQueue;
import org.roaringbitmap.RoaringBitmap;

/** Rows of parts in the order of one column, some at a time; rows with equal keys come together. Not thread-safe. */
public final class KeyRun {
    private static final int SCALE = 6;
    private static final long[] POWERS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};
    private static final long NULL = Long.MIN_VALUE;
    private static final int BATCH = BlockBounds.ROWS;

    /** @param part place of the part among those given */
    public record Place(int part, int row, long key) {}

    /** Rows of one part, and their keys as numbers. */
    public static final class Part {
        private final ColumnVector vector;
        private final RoaringBitmap selected;
        private final RoaringBitmap rows;
        private final int place;
        private final long[] numbers;
        private final long power;
        private final boolean isWhole;

        private Part(ColumnVector vector, RoaringBitmap selected, int place, long[] numbers, long power) {
            this.vector = vector;
            this.selected = selected;
            this.rows = vector.leftOut().isEmpty() ? selected : RoaringBitmap.andNot(selected, vector.leftOut());
            this.place = place;
            this.numbers = numbers;
            this.power = power;
            this.isWhole = rows.getLongCardinality() == numbers.length;
        }

        /**
         * Empty where the column has no order that those of other parts can be put into.
         *
         * @param place among the parts
         */
        public static Optional<Part> of(ColumnVector vector, RoaringBitmap selected, int place) {
            return switch (vector) {
                case ColumnVector.Times times -> Optional.of(new Part(vector, selected, place, times.micros(), 1));
                case ColumnVector.Fixed fixed -> {
                    long power = POWERS[fixed.scale()];
                    yield fixed.most() < Long.MAX_VALUE / 2 / power
                            ? Optional.of(new Part(vector, selected, place, fixed.units(), power))
                            : Optional.empty();
                }
                case ColumnVector.Nothing _ -> Optional.of(new Part(vector, selected, place, new long[0], 1));
                default -> Optional.empty();
            };
        }

        int blocks() {
            return (numbers.length + BATCH - 1) / BATCH;
        }

        /** The first key that a block may have. */
        long nearest(int block, boolean descending) {
            long number = switch (vector) {
                case ColumnVector.Times times -> times.bounds().nearest(block, descending);
                case ColumnVector.Fixed fixed -> fixed.bounds().nearest(block, descending);
                default -> NULL;
            };
            return number * power;
        }

        boolean hasKey(int row) {
            return numbers[row] != NULL;
        }

        long key(int row) {
            return numbers[row] * power;
        }

        /** Selected rows of the block; how many. */
        int rowsOf(int block, int[] target) {
            int first = block * BATCH;
            long next = Math.min(first + BATCH, numbers.length);
            if (isWhole) {
                for (int row = first; row < next; row++) {
                    target[row - first] = row;
                }
                return (int) next - first;
            }
            int count = 0;
            var each = rows.getIntIterator();
            each.advanceIfNeeded(first);
            while (each.hasNext() && each.peekNext() < next) {
                target[count++] = each.next();
            }
            return count;
        }

        /** Selected rows of which the column says nothing. */
        public RoaringBitmap leftOut() {
            return RoaringBitmap.and(selected, vector.leftOut());
        }

        /** Selected rows without a value. */
        public RoaringBitmap withoutKey() {
            var without = new RoaringBitmap();
            var each = rows.getIntIterator();
            while (each.hasNext()) {
                int row = each.next();
                if (vector.isNull(row)) {
                    without.add(row);
                }
            }
            return without;
        }
    }

    private final List<Part> parts;
    private final boolean descending;
    private final int[] batch = new int[BATCH];
    /** What comes next is smaller, where descending; else larger. */
    private long bound;

    /** @param from where they begin, included; values of other kinds bound nothing */
    public KeyRun(List<Part> parts, boolean descending, Optional<Value> from) {
        this.parts = List.copyOf(parts);
        this.descending = descending;
        this.bound = from.flatMap(this::numberOf)
                .map(number -> descending ? number + 1 : number - 1)
                .orElse(descending ? Long.MAX_VALUE : NULL);
    }

    private Optional<Long> numberOf(Value value) {
        boolean times = parts.stream().anyMatch(part -> part.vector instanceof ColumnVector.Times);
        try {
            return switch (value) {
                case TimeValue time when times -> Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, time.instant()));
                case NumberValue number
                when !times -> {
                    var scaled = number.decimal().movePointRight(SCALE);
                    var rounded = scaled.setScale(0, descending ? RoundingMode.CEILING : RoundingMode.FLOOR);
                    yield Optional.of(rounded.longValueExact());
                }
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    public Value value(Place place) {
        return parts.get(place.part).vector.value(place.row);
    }

    /** The next rows, at least so many where there are, in their order. */
    public List<Place> next(int count) {
        long last = lastOf(count);
        var places = new ArrayList<Place>(count);
        for (var part : parts) {
            for (int block = 0; block < part.blocks(); block++) {
                if (!isBehind(part.nearest(block, descending), last)) {
                    AbandonedException.check();
                    collect(part, block, last, places);
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

    private void collect(Part part, int block, long last, List<Place> places) {
        int count = part.rowsOf(block, batch);
        for (int i = 0; i < count; i++) {
            if (part.hasKey(batch[i])) {
                long key = part.key(batch[i]);
                if (isBeyondBound(key) && !isBehind(key, last)) {
                    places.add(new Place(part.place, batch[i], key));
                }
            }
        }
    }

    private record Block(Part part, int index, long nearest) {}

    /** The key of the last row of the run. Blocks of rows are looked at in the order in which they may have the next ones. */
    private long lastOf(int count) {
        var blocks = new ArrayList<Block>();
        for (var part : parts) {
            for (int block = 0; block < part.blocks(); block++) {
                blocks.add(new Block(part, block, part.nearest(block, descending)));
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
        var part = block.part;
        int rows = part.rowsOf(block.index, batch);
        for (int i = 0; i < rows; i++) {
            // Rows lie about in the order of time: from the end the best ones come first, and the others are not put in
            // before them.
            int row = batch[descending ? rows - 1 - i : i];
            if (!part.hasKey(row)) {
                continue;
            }
            long key = part.key(row);
            if (!isBeyondBound(key)) {
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

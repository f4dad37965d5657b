package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.Kernel;
import io.spanlake.query.column.Kernels;
import io.spanlake.query.column.KeyCodes;
import io.spanlake.query.column.LongCodes;
import io.spanlake.query.function.Accumulator;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Groups rows of one part by its columns, some thousand at a time: first their groups, then measure by measure. Not thread-safe. */
final class PartGroups {
    private static final int BATCH = 4_096;
    private static final int BATCHES_BETWEEN_WEIGHINGS = 16;

    private final GroupStep groups;
    private final List<KeyCodes> keys;
    private final List<LongCodes> pairs = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final Kernels kernels;
    private final List<GroupStep.Group> known = new ArrayList<>();
    private final int[] rows = new int[BATCH];
    private final int[] places = new int[BATCH];
    private final int[] pairCounts;

    /** A measure over columns. */
    private final class Column {
        final int index;
        final Measure measure;
        final Optional<Kernels.Test> filter;
        final List<Kernel> arguments;
        /** The rows that have the first argument, where that is all that is known of it. */
        final Optional<BitSet> present;

        long[] counts = new long[0];

        Column(int index, Measure measure) {
            this.index = index;
            this.measure = measure;
            this.filter = measure.filter().map(kernels::test);
            this.arguments = measure.arguments().stream().map(kernels::of).toList();
            this.present = measure.arguments().stream().findFirst().flatMap(this::presentOf);
        }

        private Optional<BitSet> presentOf(Scalar argument) {
            return argument instanceof Scalar.Field field
                            && kernels.vectors().get(field.steps()) instanceof ColumnVector.Presence vector
                    ? Optional.of(vector.present())
                    : Optional.empty();
        }

        boolean passes(int row) {
            return filter.isEmpty() || filter.get().holds(row);
        }

        /** Whether only the first argument changes, as a number. */
        boolean isOfNumbers(Accumulator accumulator) {
            return accumulator instanceof Accumulator.OfNumbers
                    && !measure.distinct()
                    && arguments.getFirst() instanceof Kernel.Fixed
                    && measure.arguments().stream().skip(1).allMatch(Scalar.Constant.class::isInstance);
        }

        List<Value> others() {
            return arguments.stream().skip(1).map(argument -> argument.value(0)).toList();
        }
    }

    PartGroups(GroupStep groups, Plan.Group step, Kernels kernels) {
        this.groups = groups;
        this.kernels = kernels;
        this.keys = step.keys().stream().map(key -> KeyCodes.of(key, kernels)).toList();
        keys.forEach(_ -> pairs.add(new LongCodes()));
        this.pairCounts = new int[keys.size()];
        for (var measure : step.measures()) {
            columns.add(new Column(columns.size(), measure));
        }
    }

    /** @param rest what rows have to fulfil */
    void add(RoaringBitmap selected, Optional<Scalar> rest) {
        var test = rest.map(kernels::test);
        var batches = selected.getBatchIterator();
        for (int batch = 0; batches.hasNext(); batch++) {
            AbandonedException.check();
            int count = kept(batches.nextBatch(rows), test);
            place(count);
            for (var column : columns) {
                add(column, count);
            }
            if (batch % BATCHES_BETWEEN_WEIGHINGS == 0) {
                weigh();
            }
        }
        finish();
    }

    private int kept(int count, Optional<Kernels.Test> test) {
        if (test.isEmpty()) {
            return count;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (test.get().holds(rows[i])) {
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    /** Which of the groups seen here the rows are of; each group that is new is the next. */
    private void place(int count) {
        if (keys.isEmpty()) {
            Arrays.fill(places, 0, count, 0);
        } else {
            keys.getFirst().codes(rows, count, places);
            for (int key = 1; key < keys.size(); key++) {
                pair(key, count);
            }
        }
        for (int i = 0; i < count; i++) {
            if (places[i] == known.size()) {
                known.add(group(rows[i]));
            }
        }
    }

    /** What the keys before it come to, and it, in one number. */
    private void pair(int key, int count) {
        var last = keys.get(key);
        var codes = pairs.get(key);
        for (int i = 0; i < count; i++) {
            long pair = (long) places[i] << Integer.SIZE | last.code(rows[i]);
            int code = codes.get(pair);
            if (code < 0) {
                code = pairCounts[key]++;
                codes.put(pair, code);
            }
            places[i] = code;
        }
    }

    private GroupStep.Group group(int row) {
        var values = new ArrayList<Value>(keys.size());
        for (var key : keys) {
            values.add(key.key(key.code(row)));
        }
        var group = groups.group(values);
        for (var column : columns) {
            if (group.accumulators[column.index] instanceof Accumulator.OfNumbers numbers
                    && column.isOfNumbers(numbers)) {
                try {
                    numbers.set(column.others());
                } catch (IllegalArgumentException e) {
                    throw GroupStep.fault(column.measure, e);
                }
            }
        }
        return group;
    }

    private void add(Column column, int count) {
        if (count == 0) {
            return;
        }
        if (LayerGroups.isCount(column.measure)) {
            count(column, count);
            return;
        }
        var sample = known.get(places[0]).accumulators[column.index];
        if (column.isOfNumbers(sample) && column.arguments.getFirst() instanceof Kernel.Fixed numbers) {
            numbers(column, numbers, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (column.passes(row)) {
                var arguments = column.arguments.stream()
                        .map(argument -> argument.value(row))
                        .toList();
                groups.add(known.get(places[i]), column.index, arguments, RowOrder.FIRST);
            }
        }
    }

    private void count(Column column, int count) {
        if (column.counts.length < known.size()) {
            column.counts = Arrays.copyOf(column.counts, 2 * known.size());
        }
        var counts = column.counts;
        if (column.arguments.isEmpty() && column.filter.isEmpty()) {
            for (int i = 0; i < count; i++) {
                counts[places[i]]++;
            }
            return;
        }
        if (column.filter.isEmpty() && column.present.isPresent() && rows[count - 1] - rows[0] == count - 1) {
            countPresent(column.present.get(), counts, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (column.passes(row)
                    && (column.arguments.isEmpty()
                            || !column.arguments.getFirst().isNull(row))) {
                counts[places[i]]++;
            }
        }
    }

    /** Of rows that lie side by side: those without a value, as most have no error, are passed over 64 at a time. */
    private void countPresent(BitSet present, long[] counts, int count) {
        int end = rows[0] + count;
        for (int row = present.nextSetBit(rows[0]); row >= 0 && row < end; row = present.nextSetBit(row + 1)) {
            counts[places[row - rows[0]]]++;
        }
    }

    private void numbers(Column column, Kernel.Fixed numbers, int count) {
        int scale = numbers.scale();
        for (int i = 0; i < count; i++) {
            if (column.passes(rows[i])) {
                long units = numbers.units(rows[i]);
                if (units != Kernel.Fixed.NULL
                        && known.get(places[i]).accumulators[column.index]
                                instanceof Accumulator.OfNumbers accumulator) {
                    accumulator.add(units, scale);
                }
            }
        }
    }

    private void weigh() {
        for (var group : known) {
            columns.forEach(column -> groups.weigh(group, column.index));
        }
    }

    private void finish() {
        for (var column : columns) {
            for (int place = 0; place < column.counts.length; place++) {
                if (column.counts[place] > 0
                        && known.get(place).accumulators[column.index] instanceof Accumulator.OfRows counting) {
                    counting.addRows(column.counts[place]);
                }
            }
        }
        weigh();
    }
}

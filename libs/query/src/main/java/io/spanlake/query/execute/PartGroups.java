package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final List<GroupStep.@Nullable Group> known = new ArrayList<>();
    private final int[] rows = new int[BATCH];
    private final int[] places = new int[BATCH];
    private int next;

    /** A measure over columns. */
    private final class Column {
        final int index;
        final Measure measure;
        final Optional<Kernels.Test> filter;
        final List<Kernel> arguments;
        long[] counts = new long[0];

        Column(int index, Measure measure) {
            this.index = index;
            this.measure = measure;
            this.filter = measure.filter().map(kernels::test);
            this.arguments = measure.arguments().stream().map(kernels::of).toList();
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
            for (int i = 0; i < count; i++) {
                places[i] = place(rows[i]);
            }
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

    /** Which of the groups seen here the row is of. */
    private int place(int row) {
        if (keys.isEmpty()) {
            return known.isEmpty() ? newPlace(row) : 0;
        }
        int place = keys.getFirst().code(row);
        for (int i = 1; i < keys.size(); i++) {
            long pair = (long) place << Integer.SIZE | keys.get(i).code(row);
            var codes = pairs.get(i);
            int code = codes.get(pair);
            if (code < 0) {
                code = next++;
                codes.put(pair, code);
            }
            place = code;
        }
        while (place >= known.size()) {
            known.add(null);
        }
        if (known.get(place) == null) {
            known.set(place, group(row));
        }
        return place;
    }

    private int newPlace(int row) {
        known.add(group(row));
        return 0;
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
        var sample = groupAt(places[0]).accumulators[column.index];
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
                groups.add(groupAt(places[i]), column.index, arguments, RowOrder.FIRST);
            }
        }
    }

    private void count(Column column, int count) {
        if (column.counts.length < known.size()) {
            column.counts = Arrays.copyOf(column.counts, 2 * known.size());
        }
        var kernel = column.arguments.isEmpty() ? null : column.arguments.getFirst();
        for (int i = 0; i < count; i++) {
            if (column.passes(rows[i]) && (kernel == null || !kernel.isNull(rows[i]))) {
                column.counts[places[i]]++;
            }
        }
    }

    private void numbers(Column column, Kernel.Fixed numbers, int count) {
        int scale = numbers.scale();
        for (int i = 0; i < count; i++) {
            if (column.passes(rows[i])) {
                long units = numbers.units(rows[i]);
                if (units != Kernel.Fixed.NULL
                        && groupAt(places[i]).accumulators[column.index] instanceof Accumulator.OfNumbers accumulator) {
                    accumulator.add(units, scale);
                }
            }
        }
    }

    private GroupStep.Group groupAt(int place) {
        var group = known.get(place);
        if (group == null) {
            throw new IllegalStateException("no group at " + place);
        }
        return group;
    }

    private void weigh() {
        for (var group : known) {
            if (group != null) {
                columns.forEach(column -> groups.weigh(group, column.index));
            }
        }
    }

    private void finish() {
        for (var column : columns) {
            for (int place = 0; place < column.counts.length; place++) {
                if (column.counts[place] > 0
                        && groupAt(place).accumulators[column.index] instanceof Accumulator.OfRows counting) {
                    counting.addRows(column.counts[place]);
                }
            }
        }
        weigh();
    }
}

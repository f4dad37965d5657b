package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.function.Accumulator;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Document;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers rows by their keys; groups come out in the order of keys, so that the same rows give the same answer. */
final class GroupStep {
    private static final int GROUP_BYTES = 256;
    private static final int ACCUMULATOR_BYTES = 128;

    static final class Group {
        final Accumulator[] accumulators;
        final long[] bytes;
        final List<Set<List<Value>>> seen = new ArrayList<>();

        Group(List<Measure> measures) {
            accumulators = new Accumulator[measures.size()];
            bytes = new long[measures.size()];
            for (int i = 0; i < accumulators.length; i++) {
                accumulators[i] = measures.get(i).aggregate().accumulators().get();
                seen.add(measures.get(i).distinct() ? new HashSet<>() : Set.of());
            }
        }
    }

    private final QueryRun run;
    private final Plan.Group step;
    private final Map<List<Value>, Group> groups = new HashMap<>();
    private final boolean spills;
    private long held;

    /** @param spills whether rows of further groups are handed back once the step has its share of memory */
    GroupStep(QueryRun run, Plan.Group step, boolean spills) {
        this.run = run;
        this.step = step;
        this.spills = spills && !step.keys().isEmpty();
        if (step.keys().isEmpty()) {
            groups.put(List.of(), new Group(step.measures()));
        }
    }

    /** @return what is to be gathered later, of {@link #later} */
    Optional<Tuple> add(Tuple tuple) {
        var keys = new ArrayList<Value>(step.keys().size());
        for (var key : step.keys()) {
            keys.add(Canonical.of(run.evaluator().evaluate(key, tuple)));
        }
        var group = groups.get(keys);
        if (group == null) {
            if (spills && held > run.memory().shareBytes()) {
                return Optional.of(evaluated(keys, tuple));
            }
            group = group(keys);
        }
        for (int i = 0; i < group.accumulators.length; i++) {
            add(group, i, tuple);
        }
        return Optional.empty();
    }

    private void take(long bytes, String what) {
        run.memory().take(bytes, what);
        held += bytes;
    }

    /** The row as its keys, and of each measure whether it counts and its arguments. */
    private Tuple evaluated(List<Value> keys, Tuple tuple) {
        var columns = new ArrayList<>(keys);
        for (var measure : step.measures()) {
            boolean counts = measure.filter().isEmpty()
                    || run.evaluator().test(measure.filter().get(), tuple);
            columns.add(BooleanValue.of(counts));
            for (var argument : measure.arguments()) {
                columns.add(counts ? run.evaluator().evaluate(argument, tuple) : NullValue.NULL);
            }
        }
        return new Tuple(Document.NONE, columns.toArray(Value[]::new), tuple.order());
    }

    /** The same grouping of rows that were handed back. */
    static Plan.Group later(Plan.Group step) {
        var keys = new ArrayList<Scalar>();
        for (var key : step.keys()) {
            keys.add(new Scalar.Column(keys.size(), key.type()));
        }
        int column = keys.size();
        var measures = new ArrayList<Measure>();
        for (var measure : step.measures()) {
            var counts = new Scalar.Column(column++, ValueType.BOOLEAN);
            var arguments = new ArrayList<Scalar>();
            for (var argument : measure.arguments()) {
                arguments.add(new Scalar.Column(column++, argument.type()));
            }
            measures.add(new Measure(measure.aggregate(), arguments, Optional.of(counts), measure.distinct()));
        }
        return new Plan.Group(step.input(), keys, measures);
    }

    /** Gives up what it holds. */
    void release() {
        groups.clear();
        run.memory().give(held);
        held = 0;
    }

    /** @param keys in their canonical form */
    Group group(List<Value> keys) {
        var known = groups.get(keys);
        if (known != null) {
            return known;
        }
        var group = new Group(step.measures());
        groups.put(keys, group);
        long bytes = GROUP_BYTES + (long) ACCUMULATOR_BYTES * step.measures().size();
        for (var key : keys) {
            bytes += ValueBytes.of(key);
        }
        take(bytes, "groups");
        return group;
    }

    private void add(Group group, int index, Tuple tuple) {
        var measure = step.measures().get(index);
        if (measure.filter().isPresent()
                && !run.evaluator().test(measure.filter().get(), tuple)) {
            return;
        }
        add(group, index, run.evaluator().arguments(measure.arguments(), tuple), tuple.order());
    }

    /** One row's arguments of one measure, whose filter let it pass. */
    void add(Group group, int index, List<Value> arguments, RowOrder order) {
        var measure = step.measures().get(index);
        if (measure.distinct() && !isNew(group, index, arguments)) {
            return;
        }
        try {
            group.accumulators[index].add(arguments, order);
        } catch (IllegalArgumentException e) {
            throw fault(measure, e);
        }
        weigh(group, index);
    }

    static RuntimeException fault(Measure measure, IllegalArgumentException e) {
        return QueryFault.of(QueryFault.Kind.RUN, measure.aggregate().name() + ": " + e.getMessage(), Place.NONE)
                .exception();
    }

    /** Takes what the accumulator has grown by. */
    void weigh(Group group, int index) {
        var measure = step.measures().get(index);
        var accumulator = group.accumulators[index];
        long now = accumulator.bytes();
        if (now != group.bytes[index]) {
            take(now - group.bytes[index], measure.aggregate().name());
            group.bytes[index] = now;
        }
    }

    private boolean isNew(Group group, int index, List<Value> arguments) {
        var canonical = arguments.stream().map(Canonical::of).toList();
        boolean added = group.seen.get(index).add(canonical);
        if (added) {
            take(64 + canonical.stream().mapToLong(ValueBytes::of).sum(), "distinct values");
        }
        return added;
    }

    /** One row a group. */
    List<Tuple> rows() {
        var keys = new ArrayList<>(groups.keySet());
        keys.sort(AbandonedException.checked(GroupStep::compare));
        var rows = new ArrayList<Tuple>(keys.size());
        for (var key : keys) {
            AbandonedException.checkAt(rows.size());
            var group = groups.getOrDefault(key, new Group(List.of()));
            var columns = new Value[key.size() + group.accumulators.length];
            for (int i = 0; i < key.size(); i++) {
                columns[i] = key.get(i);
            }
            for (int i = 0; i < group.accumulators.length; i++) {
                columns[key.size() + i] = group.accumulators[i].result();
                warnOf(group.accumulators[i], step.measures().get(i));
            }
            rows.add(new Tuple(Document.NONE, columns, PlanSteps.ofPlace(rows.size())));
        }
        return rows;
    }

    private void warnOf(Accumulator accumulator, Measure measure) {
        if (accumulator.approximate() && !measure.aggregate().name().startsWith("approx_")) {
            run.warn(new Warning(
                    "approximateResult",
                    measure.aggregate().name() + " met so many values that its result is an estimate",
                    "execution",
                    "info"));
        }
    }

    /** Nulls last. */
    private static int compare(List<Value> a, List<Value> b) {
        for (int i = 0; i < a.size(); i++) {
            var x = a.get(i);
            var y = b.get(i);
            int order =
                    x.isNull() || y.isNull() ? Boolean.compare(x.isNull(), y.isNull()) : Compare.SORTED.compare(x, y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}

package io.spanlake.query.optimise;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scans and sorts are told which top-level fields of rows anything after them reads: a row of megabytes, of which an id is asked
 * for, is then held as its id.
 */
final class ReadNeededFields {
    /** In which order the query's answer comes, which its cursor repeats. */
    private final List<SortKey> answerSort;

    private ReadNeededFields(List<SortKey> answerSort) {
        this.answerSort = answerSort;
    }

    static Plan.Query apply(Plan.Query query) {
        var shown = query.open()
                ? Optional.<Set<String>>empty()
                : Optional.of(
                        fields(query.columns().stream().map(OutputColumn::value).toList()));
        return new Plan.Query(
                new ReadNeededFields(query.sort()).narrowed(query.rows(), shown),
                query.columns(),
                query.open(),
                query.sort(),
                query.oldestFirst(),
                query.paged(),
                query.limit(),
                query.fingerprint(),
                query.warnings());
    }

    /** @param read of the step's rows, later on; empty where all may be */
    private Plan narrowed(Plan plan, Optional<Set<String>> read) {
        return switch (plan) {
            case Plan.Scan scan ->
                new Plan.Scan(scan.objects(), scan.hint(), with(read, valuesOf(answerSort)), scan.order());
            case Plan.Filter(var input, var condition) ->
                new Plan.Filter(narrowed(input, with(read, List.of(condition))), condition);
            case Plan.Sort sort -> {
                var shown = sort.keys().equals(answerSort) ? read : with(read, valuesOf(answerSort));
                var input = narrowed(sort.input(), with(read, valuesOf(sort.keys())));
                yield new Plan.Sort(input, sort.keys(), sort.keep(), sort.after(), shown);
            }
            case Plan.Page(var input, var offset, var limit) -> new Plan.Page(narrowed(input, read), offset, limit);
            case Plan.After(var input, var place, var oldestFirst) ->
                new Plan.After(narrowed(input, read), place, oldestFirst);
            case Plan.Group(var input, var keys, var measures) ->
                new Plan.Group(narrowed(input, Optional.of(groupFields(keys, measures))), keys, measures);
            case Plan.Nested(var query) -> new Plan.Nested(apply(query));
            case Plan.Combine _,
                    Plan.Labelled _,
                    Plan.Join _,
                    Plan.Traces _,
                    Plan.Summary _,
                    Plan.Unpivot _,
                    Plan.Sample _,
                    Plan.Pivot _,
                    Plan.Infer _ -> plan;
        };
    }

    private static Set<String> groupFields(List<Scalar> keys, List<Plan.Measure> measures) {
        var all = fields(keys);
        for (var measure : measures) {
            all.addAll(fields(measure.arguments()));
            all.addAll(fields(measure.filter().stream().toList()));
        }
        return all;
    }

    private static Optional<Set<String>> with(Optional<Set<String>> read, Collection<Scalar> more) {
        return read.map(fields -> {
            var all = fields(more);
            all.addAll(fields);
            return all;
        });
    }

    private static List<Scalar> valuesOf(List<SortKey> keys) {
        return keys.stream().map(SortKey::value).toList();
    }

    private static Set<String> fields(Collection<Scalar> scalars) {
        var tops = new HashSet<String>();
        for (var scalar : scalars) {
            tops.addAll(ScalarTree.fields(scalar));
        }
        return tops;
    }
}

package io.spanlake.query.explain;

import io.spanlake.query.execute.ScanTally;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Named;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.plan.PlanTree;
import io.spanlake.query.plan.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The steps of a plan, the last first, each above those that it takes rows from. Not thread-safe. */
final class PlanText {
    private static final int NAMES_MAX = 20;
    private static final int PLACES_MAX = 20;

    private final Map<SourceObjects, List<ScanTally>> passes;
    private final boolean ran;
    private final List<String> lines = new ArrayList<>();

    /** @param ran whether the passes have read, or only know what they would */
    PlanText(Map<SourceObjects, List<ScanTally>> passes, boolean ran) {
        this.passes = passes;
        this.ran = ran;
    }

    List<String> of(Plan.Query query) {
        query(query, 0);
        return lines;
    }

    private void query(Plan.Query query, int depth) {
        var names = query.columns().stream()
                .map(OutputColumn::name)
                .limit(NAMES_MAX)
                .collect(Collectors.joining(", "));
        int more = query.columns().size() - NAMES_MAX;
        line(depth, "answer: " + names + (more > 0 ? " and %d more columns".formatted(more) : ""));
        step(query.rows(), depth + 1);
    }

    private void line(int depth, String text) {
        lines.add("  ".repeat(depth) + text);
    }

    private void step(Plan plan, int depth) {
        if (plan instanceof Plan.Nested(var query)) {
            query(query, depth);
            return;
        }
        line(depth, text(plan));
        if (plan instanceof Plan.Scan scan) {
            scan(scan, depth + 1);
        }
        PlanTree.inputs(plan).forEach(input -> step(input, depth + 1));
    }

    private static String text(Plan plan) {
        return switch (plan) {
            case Plan.Scan(var objects, var ignoredHint, var ignoredFields, var order) ->
                "read %s, %s"
                        .formatted(
                                source(objects),
                                order == Plan.Order.ANY
                                        ? "in any order"
                                        : order.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Plan.Nested ignored -> "rows of a query";
            case Plan.Combine combine ->
                combine.kind().name().toLowerCase(Locale.ROOT) + (combine.all() ? " all" : "") + " of two queries";
            case Plan.Labelled(var ignoredInput, var label, var fields) ->
                "as %s, %s"
                        .formatted(label, fields.map(names -> "of it " + names).orElse("all of it"));
            case Plan.Join join ->
                "%s where (%s) = (%s)%s"
                        .formatted(
                                join.keepsLeft() ? "left join" : "join",
                                ScalarText.joined(join.leftKeys(), ", "),
                                ScalarText.joined(join.rightKeys(), ", "),
                                join.condition()
                                        .map(condition -> " and " + ScalarText.of(condition))
                                        .orElse(""));
            case Plan.Filter(var ignoredInput, var condition) -> "keep where " + ScalarText.of(condition);
            case Plan.Traces traces ->
                "whole traces where " + ScalarText.of(traces.traces())
                        + spans(traces.spans())
                        + limited(traces.tracesMax(), "traces");
            case Plan.Summary summary ->
                "a row a trace where " + ScalarText.of(summary.traces()) + spans(summary.spans());
            case Plan.Unpivot(var ignoredInput, var value, var keyed) ->
                (keyed ? "a row a key of " : "a row an item of ") + ScalarText.of(value);
            case Plan.Sample sample ->
                sample.isRate() ? "a share of " + sample.amount() : "a sample of " + (long) sample.amount();
            case Plan.Group(var ignoredInput, var keys, var measures) ->
                "group by (%s): %s"
                        .formatted(
                                ScalarText.joined(keys, ", "),
                                measures.stream().map(ScalarText::of).collect(Collectors.joining(", ")));
            case Plan.Pivot(var ignoredInput, var ignoredKeys, var column, var measures) ->
                "columns of %s: %s"
                        .formatted(
                                ScalarText.of(column),
                                measures.stream().map(Named::name).collect(Collectors.joining(", ")));
            case Plan.Sort(var ignoredInput, var keys, var keep, var ignoredAfter, var ignoredShown) ->
                "sort by " + keys(keys) + limited(keep, "rows");
            case Plan.Page(var ignoredInput, var offset, var limit) ->
                (offset > 0 ? "pass over %d rows".formatted(offset) : "page") + limited(limit, "rows");
            case Plan.After ignored -> "continue behind the cursor";
            case Plan.Infer infer -> "paths of " + infer.rowsMax() + " rows";
        };
    }

    private static String spans(List<Scalar> spans) {
        var text = new StringBuilder();
        for (int i = 0; i < spans.size(); i++) {
            text.append(", #").append(i).append(": a span has ").append(ScalarText.of(spans.get(i)));
        }
        return text.toString();
    }

    private static String limited(OptionalLong most, String what) {
        return most.isPresent() ? ", at most %d %s".formatted(most.getAsLong(), what) : "";
    }

    private static String keys(List<SortKey> keys) {
        return keys.isEmpty()
                ? "first write, newest first"
                : keys.stream()
                        .map(key -> ScalarText.of(key.value()) + (key.descending() ? " desc" : ""))
                        .collect(Collectors.joining(", "));
    }

    private static String source(SourceObjects objects) {
        return objects.ids().stream()
                .map(id -> "'" + id + "'")
                .collect(Collectors.joining(", ", objects.function() + "(", ")"));
    }

    private void scan(Plan.Scan scan, int depth) {
        line(depth, "the store is asked for " + HintText.of(scan.hint()));
        for (var pass : passes.getOrDefault(scan.objects(), List.of())) {
            if (!pass.hint().equals(scan.hint())) {
                line(depth, "again, for " + HintText.of(pass.hint()));
            }
            pass(pass, depth);
        }
    }

    private void pass(ScanTally pass, int depth) {
        long leftOut = 0;
        int shown = 0;
        for (var place : pass.places()) {
            if (place.admitted() == 0 && !(ran && place.reads().blocks() > 0)) {
                leftOut++;
            } else if (shown++ < PLACES_MAX) {
                line(depth, "%s: %d of %d rows".formatted(place.name(), place.admitted(), place.rows()));
                if (ran) {
                    line(depth + 1, ReadsText.of(place.reads()));
                }
            }
        }
        if (shown > PLACES_MAX) {
            line(depth, "and %d more parts".formatted(shown - PLACES_MAX));
        }
        if (leftOut > 0) {
            line(depth, "%d parts have nothing of it".formatted(leftOut));
        }
        line(depth, "indexes admit %d of %d rows".formatted(pass.rowsAdmitted(), pass.rowsVisible()));
        if (ran) {
            line(depth, "read %d rows, %d bytes of JSON".formatted(pass.rowsRead(), pass.bytesRead()));
            line(depth, ReadsText.blocks(pass.reads()));
        }
    }
}

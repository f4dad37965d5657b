package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.Paths.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JOIN: rows of several sources side by side, each a field of the joined row by its alias. */
final class JoinBinder {
    private record Sides(Plan plan, Map<String, Schema> schemas) {}

    private final SourceBinder sources;
    private final Binder binder;
    private final BindSettings settings;
    private final Map<String, Query> named;

    JoinBinder(SourceBinder sources, Binder binder, BindSettings settings, Map<String, Query> named) {
        this.sources = sources;
        this.binder = binder;
        this.settings = settings;
        this.named = named;
    }

    SourceBinder.Source of(Query.Source.Joined joined) {
        var sides = joined(joined);
        return new SourceBinder.Source.Rows(sides.plan, Schema.ofSides(sides.schemas), Optional.empty());
    }

    private Sides sides(Query.Source source) {
        if (source instanceof Query.Source.Joined joined) {
            return joined(joined);
        }
        var bound = sources.bind(source, named);
        var label = bound.alias()
                .or(() -> function(source))
                .orElseThrow(() -> BindFault.of("a query that is joined needs a name", source.place())
                        .withHint("(select …) as a")
                        .exception());
        return new Sides(
                new Plan.Labelled(rows(bound, source), label, Optional.empty()), Map.of(label, bound.schema()));
    }

    private static Optional<String> function(Query.Source source) {
        return source instanceof Query.Source.Objects objects ? Optional.of(objects.function()) : Optional.empty();
    }

    private Plan rows(SourceBinder.Source bound, Query.Source source) {
        return switch (bound) {
            case SourceBinder.Source.Rows rows -> rows.plan();
            case SourceBinder.Source.Objects objects ->
                objects.shape() == Shape.SPANS
                        ? new Plan.Scan(objects.objects(), Hint.ALL, Optional.empty(), Plan.Order.ANY)
                        : new Plan.Nested(
                                binder.bind(Query.of(source), named, false).plan());
        };
    }

    private Sides joined(Query.Source.Joined joined) {
        var left = sides(joined.left());
        var right = sides(joined.right());
        var all = new LinkedHashMap<>(left.schemas);
        right.schemas.forEach((label, schema) -> {
            if (all.put(label, schema) != null) {
                throw BindFault.of("two sources are called " + label, joined.place())
                        .withHint("give each a name of its own: %s as a".formatted(label))
                        .exception();
            }
        });
        var keys = new Keys(left.schemas.keySet(), right.schemas.keySet());
        joined.on().ifPresent(on -> keys.of(condition(on, all)));
        for (var name : joined.using()) {
            keys.left.add(only(name, left.schemas, joined.place()));
            keys.right.add(only(name, right.schemas, joined.place()));
        }
        var plan = new Plan.Join(
                left.plan,
                right.plan,
                joined.keepsLeft(),
                keys.left,
                keys.right,
                keys.others.isEmpty() ? Optional.empty() : Optional.of(TraceConditions.and(keys.others)));
        return new Sides(plan, all);
    }

    private Scalar condition(Expr on, Map<String, Schema> sides) {
        var scope = new Scope(Schema.ofSides(sides), Optional.empty());
        return new ExprBinder(scope, settings, query -> binder.bind(query, named, false)).bind(on, Mode.FILTER);
    }

    private static Scalar only(String name, Map<String, Schema> sides, Place place) {
        var having = sides.entrySet().stream()
                .filter(side -> side.getValue().has(name))
                .toList();
        if (having.size() != 1) {
            throw BindFault.of(
                            "USING (%s): %s of the sources have that field"
                                    .formatted(name, having.isEmpty() ? "none" : "several"),
                            place)
                    .exception();
        }
        var side = having.getFirst();
        return new Scalar.Field(
                List.of(new Step.Key(side.getKey()), new Step.Key(name)),
                side.getValue().typeOf(name));
    }

    /** The parts of a condition: equalities of one side with the other, and all else. */
    private record Keys(
            Set<String> leftLabels,
            Set<String> rightLabels,
            List<Scalar> left,
            List<Scalar> right,
            List<Scalar> others) {
        Keys(Set<String> leftLabels, Set<String> rightLabels) {
            this(leftLabels, rightLabels, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void of(Scalar condition) {
            switch (condition) {
                case Scalar.And(var operands) -> operands.forEach(this::of);
                case Scalar.Compare(var operator, var a, var b)
                when operator == Expr.Comparison.EQUAL && isOf(a, leftLabels) && isOf(b, rightLabels) -> {
                    left.add(a);
                    right.add(b);
                }
                case Scalar.Compare(var operator, var a, var b)
                when operator == Expr.Comparison.EQUAL && isOf(a, rightLabels) && isOf(b, leftLabels) -> {
                    left.add(b);
                    right.add(a);
                }
                default -> others.add(condition);
            }
        }

        private static boolean isOf(Scalar scalar, Set<String> labels) {
            var tops = new HashSet<String>();
            ScalarTree.visit(scalar, one -> {
                if (one instanceof Scalar.Field field) {
                    tops.add(field.top());
                }
            });
            return !tops.isEmpty() && labels.containsAll(tops);
        }
    }
}

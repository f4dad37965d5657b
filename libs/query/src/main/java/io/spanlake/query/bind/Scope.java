package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.Written;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What names mean in one query: fields, names of unpivoted columns, aliases of items. */
final class Scope {
    private final Schema schema;
    private final Optional<String> tableAlias;
    private final Map<String, Scalar> columns = new HashMap<>();
    private final Map<String, Expr> explicit = new HashMap<>();
    private final Map<String, Expr> implicit = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    Scope(Schema schema, Optional<String> tableAlias) {
        this.schema = schema;
        this.tableAlias = tableAlias;
    }

    Schema schema() {
        return schema;
    }

    void column(String name, Scalar column) {
        columns.put(name, column);
    }

    void items(List<Item> items) {
        for (var item : items) {
            if (item.alias().isPresent()) {
                explicit.putIfAbsent(item.alias().get(), item.value());
            } else if (item.value() instanceof Expr.Name name && name.steps().size() > 1) {
                lastKey(name).ifPresent(last -> {
                    var before = implicit.put(last, name);
                    if (before instanceof Expr.Name other && !other.steps().equals(name.steps())) {
                        ambiguous.add(last);
                    }
                });
            }
        }
    }

    static Optional<String> lastKey(Expr.Name name) {
        return name.steps().getLast() instanceof Step.Key(var key) ? Optional.of(key) : Optional.empty();
    }

    /** What a name's first steps stand for, and the steps that are left. */
    sealed interface Found {
        record Path(List<Step> steps) implements Found {}

        record Computed(Scalar value, List<Step> rest) implements Found {}

        record Alias(String name, Expr value, List<Step> rest) implements Found {}
    }

    /** @param aliasesFirst whether aliases go before fields, as in ORDER BY and HAVING */
    Optional<Found> find(Expr.Name name, boolean aliasesFirst) {
        var first = name.first();
        var rest = name.steps().subList(1, name.steps().size());
        if (aliasesFirst && explicit.containsKey(first)) {
            return Optional.of(new Found.Alias(first, explicit.get(first), rest));
        }
        var side = schema.sides().get(first);
        if (side != null && !rest.isEmpty()) {
            return ofSide(name.steps().getFirst(), side, rest);
        }
        if (schema.has(first)) {
            return Optional.of(new Found.Path(name.steps()));
        }
        if (tableAlias.filter(first::equals).isPresent() && !rest.isEmpty()) {
            return find(new Expr.Name(rest, name.place()), aliasesFirst);
        }
        var column = columns.get(first);
        if (column != null) {
            return Optional.of(new Found.Computed(column, rest));
        }
        var alias = explicit.get(first);
        if (alias != null) {
            return Optional.of(new Found.Alias(first, alias, rest));
        }
        if (ambiguous.contains(first)) {
            throw QueryFault.of(
                            QueryFault.Kind.BIND,
                            "the short name %s is ambiguous: several selected paths end with it".formatted(first),
                            name.place())
                    .withHint("give one of them an alias")
                    .exception();
        }
        var shortened = implicit.get(first);
        if (shortened != null) {
            return Optional.of(new Found.Alias(first, shortened, rest));
        }
        var sides = schema.sidesWith(first);
        if (sides.size() > 1) {
            throw QueryFault.of(
                            QueryFault.Kind.BIND,
                            "%s is a field of %s".formatted(first, String.join(" and ", sides)),
                            name.place())
                    .withHint("say which: %s.%s".formatted(sides.getFirst(), first))
                    .exception();
        }
        return schema.nested(first).map(steps -> {
            var all = new ArrayList<>(steps);
            all.addAll(rest);
            return new Found.Path(all);
        });
    }

    /** {@code a.duration} is found as {@code duration} of {@code a} alone would be. */
    private static Optional<Found> ofSide(Step label, Schema side, List<Step> steps) {
        var first = steps.getFirst() instanceof Step.Key(var key) ? key : "";
        var inside = side.has(first)
                ? Optional.of(steps)
                : side.nested(first).map(nested -> {
                    var all = new ArrayList<>(nested);
                    all.addAll(steps.subList(1, steps.size()));
                    return (List<Step>) all;
                });
        return inside.map(path -> {
            var all = new ArrayList<Step>(List.of(label));
            all.addAll(path);
            return new Found.Path(all);
        });
    }

    QueryFault unknown(Expr.Name name) {
        var known = new ArrayList<>(schema.names());
        known.addAll(explicit.keySet());
        known.addAll(columns.keySet());
        return QueryFault.of(QueryFault.Kind.BIND, "unknown field " + Written.path(name.steps()), name.place())
                .withHint(Nearest.hint(name.first(), known));
    }

    ValueType typeOf(List<Step> steps) {
        return schema.typeOf(steps);
    }
}

package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.value.TextValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a query reads from. */
final class SourceBinder {
    /** A source, and how its rows look. */
    sealed interface Source {
        Schema schema();

        Optional<String> alias();

        record Objects(
                Plan.SourceObjects objects,
                SourceKind kind,
                Shape shape,
                Schema schema,
                Schema spans,
                Optional<String> alias)
                implements Source {}

        /** Rows that other steps give: of a query, of several as one, of a join. */
        record Rows(Plan plan, Schema schema, Optional<String> alias) implements Source {}
    }

    private final Binder binder;
    private final BindSettings settings;

    SourceBinder(Binder binder, BindSettings settings) {
        this.binder = binder;
        this.settings = settings;
    }

    Source bind(Query query, Map<String, Query> named) {
        var from = query.from()
                .orElseThrow(() -> BindFault.of("the query does not say what it reads: FROM is missing", query.place())
                        .withHint("for example: select * from project_logs('<project id>') limit 10")
                        .exception());
        return bind(from, named);
    }

    Source bind(Query.Source from, Map<String, Query> named) {
        return switch (from) {
            case Query.Source.Combined combined ->
                CombineBinder.of(combined, query -> binder.bind(query, named, false));
            case Query.Source.Joined joined -> new JoinBinder(this, binder, settings, named).of(joined);
            case Query.Source.Nested nested -> nested(nested.query(), nested.alias(), named);
            case Query.Source.Objects objects
            when objects.bare() && named.containsKey(objects.function()) -> withQuery(objects, named);
            case Query.Source.Objects objects -> objects(objects);
        };
    }

    private Source withQuery(Query.Source.Objects objects, Map<String, Query> named) {
        // A named query sees those before it, not itself.
        var visible = new HashMap<String, Query>();
        for (var entry : named.entrySet()) {
            if (entry.getKey().equals(objects.function())) {
                break;
            }
            visible.put(entry.getKey(), entry.getValue());
        }
        var query = named.get(objects.function());
        return query == null
                ? objects(objects)
                : nested(query, objects.alias().or(() -> Optional.of(objects.function())), visible);
    }

    private Source nested(Query query, Optional<String> alias, Map<String, Query> named) {
        var bound = binder.bind(query, named, false);
        return new Source.Rows(new Plan.Nested(bound.plan()), bound.schema(), alias);
    }

    private Source objects(Query.Source.Objects source) {
        var place = source.place();
        var kind = SourceKind.of(source.function())
                .orElseThrow(() -> BindFault.of("unknown source " + source.function(), place)
                        .withHint(Nearest.hint(source.function(), SourceKind.functions())
                                .or(() -> Optional.of("sources are "
                                        + String.join(
                                                ", ",
                                                SourceKind.functions().stream()
                                                        .sorted()
                                                        .toList()))))
                        .exception());
        var shape = shape(source);
        if (shape != Shape.SPANS && !kind.hasTraces()) {
            throw BindFault.of("%s has no traces: its only shape is spans".formatted(source.function()), place)
                    .exception();
        }
        var spans = Schema.ofRows(kind);
        var schema = shape == Shape.SUMMARY ? Schema.ofSummaries(kind) : spans;
        return new Source.Objects(
                new Plan.SourceObjects(source.function(), ids(source), place),
                kind,
                shape,
                schema,
                spans,
                source.alias());
    }

    private Shape shape(Query.Source.Objects source) {
        for (var name : source.named().keySet()) {
            if (!name.equals("shape")) {
                throw BindFault.of("a source has no argument " + name, source.place())
                        .withHint(Nearest.hint(name, List.of("shape")))
                        .exception();
            }
        }
        var named = Optional.ofNullable(source.named().get("shape")).map(this::text);
        return source.shape()
                .or(() -> named)
                .map(text -> Shape.of(text, source.place()))
                .orElse(Shape.SPANS);
    }

    private List<String> ids(Query.Source.Objects source) {
        var ids = new ArrayList<String>();
        for (var id : source.ids()) {
            if (id instanceof Expr.Array array) {
                array.items().forEach(item -> ids.add(text(item)));
            } else {
                ids.add(text(id));
            }
        }
        if (ids.isEmpty() && !source.bare()) {
            throw BindFault.of(source.function() + " takes the id or name of at least one object", source.place())
                    .exception();
        }
        return ids;
    }

    private String text(Expr expr) {
        Place place = expr.place();
        return switch (expr) {
            case Expr.Literal literal when literal.value() instanceof TextValue(var text) -> text;
            case Expr.Quoted quoted -> quoted.text();
            case Expr.Parameter parameter
            when settings.parameters().get(parameter.name()) instanceof TextValue(var text) -> text;
            case Expr.Name name when name.steps().size() == 1 -> name.first();
            default ->
                throw BindFault.of("a source takes ids or names as texts", place)
                        .exception();
        };
    }
}

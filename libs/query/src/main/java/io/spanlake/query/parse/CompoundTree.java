package io.spanlake.query.parse;

import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.SetKind;
import io.spanlake.query.parse.Query.Source;
import io.spanlake.query.parse.grammar.QueryParser;
import io.spanlake.query.parse.grammar.QueryParser.CompoundContext;
import io.spanlake.query.parse.grammar.QueryParser.SetOperatorContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the tree of queries between UNION, INTERSECT and EXCEPT: one query that reads from them. INTERSECT binds more
 * tightly; the others go from left to right. What stands behind the last query is of all.
 */
final class CompoundTree {
    private record Operator(SetKind kind, boolean all, boolean byName, Place place) {}

    private final Deque<Query> queries = new ArrayDeque<>();
    private final Deque<Operator> operators = new ArrayDeque<>();

    private CompoundTree() {}

    /** @param parts the builders of the queries of the context, in order */
    static Query of(CompoundContext context, List<Query.Builder> parts, Map<String, Query> named) {
        var whole = new Query.Builder(Dialect.SQL, Places.of(context));
        whole.withQueries.putAll(named);
        whole.takeEndOf(parts.getLast());
        var tree = new CompoundTree();
        for (int i = 0; i < parts.size(); i++) {
            var query = parts.get(i).build();
            requireNoEnd(query);
            tree.queries.push(query);
            if (i < context.setOperator().size()) {
                tree.next(operator(context.setOperator(i)));
            }
        }
        while (!tree.operators.isEmpty()) {
            tree.combine();
        }
        whole.from = tree.queries.element().from().orElseThrow();
        return whole.build();
    }

    private void next(Operator operator) {
        while (!operators.isEmpty() && rank(operators.element().kind) >= rank(operator.kind)) {
            combine();
        }
        operators.push(operator);
    }

    private static int rank(SetKind kind) {
        return kind == SetKind.INTERSECT ? 1 : 0;
    }

    private void combine() {
        var operator = operators.pop();
        var right = queries.pop();
        var left = queries.pop();
        var both = new Query.Builder(Dialect.SQL, operator.place);
        both.from = new Source.Combined(operator.kind, operator.all, operator.byName, left, right, operator.place);
        queries.push(both.build());
    }

    private static Operator operator(SetOperatorContext context) {
        var place = Places.of(context);
        var kind = switch (context.kind.getType()) {
            case QueryParser.UNION -> SetKind.UNION;
            case QueryParser.INTERSECT -> SetKind.INTERSECT;
            default -> SetKind.EXCEPT;
        };
        var words = context.NAME().stream().map(name -> name.getText()).toList();
        boolean byName = context.BY() != null;
        var quantity = words.size() > (byName ? 1 : 0) ? Optional.of(words.getFirst()) : Optional.<String>empty();
        boolean all = quantity.filter("all"::equalsIgnoreCase).isPresent();
        if (quantity.isPresent() && !all) {
            throw SqlTree.fault("expected ALL or SELECT, not " + quantity.get(), place);
        }
        if (byName && !words.getLast().equalsIgnoreCase("name")) {
            throw SqlTree.fault("expected BY NAME, not BY " + words.getLast(), place);
        }
        if (all && kind != SetKind.UNION) {
            throw SqlTree.fault(kind + " ALL is not supported", place);
        }
        return new Operator(kind, all, byName, place);
    }

    private static void requireNoEnd(Query query) {
        if (!query.sort().isEmpty()
                || query.limit().isPresent()
                || query.offset().isPresent()) {
            throw QueryFault.of(
                            QueryFault.Kind.PARSE,
                            "ORDER BY, LIMIT and OFFSET stand behind the last of several queries",
                            query.place())
                    .withHint("or put the query into FROM: select * from (select … limit 5)")
                    .exception();
        }
    }
}

package io.spanlake.query.parse;

import io.spanlake.query.parse.Query.Source;
import io.spanlake.query.parse.grammar.QueryParser.JoinContext;
import io.spanlake.query.parse.grammar.QueryParser.SourceContext;
import io.spanlake.query.parse.grammar.QueryParser.TableContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the tree of what stands behind FROM: one table, or several that are joined from left to right. */
final class SourceTree {
    private final SqlTree queries;
    private final ExprTree expressions;

    SourceTree(SqlTree queries, ExprTree expressions) {
        this.queries = queries;
        this.expressions = expressions;
    }

    Source of(SourceContext context) {
        var source = table(context.table());
        for (var join : context.join()) {
            source = joined(source, join);
        }
        return source;
    }

    private Source joined(Source left, JoinContext join) {
        var on = Optional.ofNullable(join.expression()).map(expressions::of);
        var using = join.label().stream().map(SqlTree::label).toList();
        return new Source.Joined(left, table(join.table()), join.LEFT() != null, on, using, Places.of(join));
    }

    private Source table(TableContext context) {
        var place = Places.of(context);
        if (context.compound() != null) {
            return new Source.Nested(queries.compound(context.compound()), alias(context, 0), place);
        }
        var function = SqlTree.label(context.label(0)).toLowerCase(Locale.ROOT);
        boolean bare = context.OPEN() == null;
        var alias =
                context.label().size() > 1 ? Optional.of(SqlTree.label(context.label(1))) : Optional.<String>empty();
        var shape = Optional.<String>empty();
        for (var name : context.NAME()) {
            var word = name.getText();
            if (isShape(word) && shape.isEmpty()) {
                shape = Optional.of(word.toLowerCase(Locale.ROOT));
            } else if (alias.isEmpty()) {
                alias = Optional.of(word);
            }
        }
        var ids = new ArrayList<Expr>();
        var named = new LinkedHashMap<String, Expr>();
        for (var argument : context.sourceArgument()) {
            var value = expressions.of(argument.expression());
            if (argument.label() == null) {
                ids.add(value);
            } else {
                named.put(SqlTree.label(argument.label()).toLowerCase(Locale.ROOT), value);
            }
        }
        return new Source.Objects(function, ids, named, shape, alias, bare, place);
    }

    private static Optional<String> alias(TableContext context, int label) {
        if (context.label().size() > label) {
            return Optional.of(SqlTree.label(context.label(label)));
        }
        return context.NAME().stream().findFirst().map(name -> name.getText());
    }

    private static boolean isShape(String word) {
        return List.of("spans", "traces", "summary").contains(word.toLowerCase(Locale.ROOT));
    }
}

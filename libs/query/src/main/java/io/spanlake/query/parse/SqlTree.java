package io.spanlake.query.parse;

import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.Query.SortKey;
import io.spanlake.query.parse.grammar.QueryParser;
import io.spanlake.query.parse.grammar.QueryParser.*;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the tree of an SQL statement, or of one clause's value. */
final class SqlTree {
    private final String text;
    private final ParserRun run;
    private final ExprTree expressions;
    private final SourceTree sources;

    SqlTree(String text, ParserRun run) {
        this.text = text;
        this.run = run;
        this.expressions = new ExprTree(this);
        this.sources = new SourceTree(this, expressions);
    }

    Query statement() {
        var statement = run.run(QueryParser::statement);
        var named = new LinkedHashMap<String, Query>();
        if (statement.with() != null) {
            for (var query : statement.with().namedQuery()) {
                if (named.put(label(query.label()), compound(query.compound())) != null) {
                    throw fault("two queries are called " + label(query.label()), Places.of(query));
                }
            }
        }
        return compound(statement.compound(), named);
    }

    Expr wholeExpression() {
        return expressions.of(run.run(QueryParser::wholeExpression).expression());
    }

    List<Expr> wholeExpressions() {
        var all = run.run(QueryParser::wholeExpressions);
        return all.STAR() != null ? List.of() : expressions.all(all.expressions());
    }

    List<Item> wholeItems() {
        return items(run.run(QueryParser::wholeItems).items());
    }

    Query.Source wholeSource() {
        return sources.of(run.run(QueryParser::wholeSource).source());
    }

    List<SortKey> wholeSortKeys() {
        return sortKeys(run.run(QueryParser::wholeSortKeys).sortKeys());
    }

    List<String> wholeNames() {
        return run.run(QueryParser::wholeNames).label().stream()
                .map(SqlTree::label)
                .toList();
    }

    long wholeCount() {
        var whole = run.run(QueryParser::wholeCount);
        long count = count(whole.count());
        return whole.MINUS() == null ? count : -count;
    }

    Optional<String> wholeText() {
        var whole = run.run(QueryParser::wholeText);
        var token = whole.STRING() != null ? whole.STRING() : whole.QUOTED();
        return token == null ? Optional.empty() : Optional.of(Texts.unquoted(token.getText()));
    }

    Query.Sample wholeSample() {
        var whole = run.run(QueryParser::wholeSample);
        double number = Double.parseDouble(whole.NUMBER(0).getText());
        var seed = whole.NUMBER().size() > 1
                ? OptionalLong.of(wholeNumber(whole.NUMBER(1).getText(), Places.of(whole)))
                : OptionalLong.empty();
        return SampleTree.of(whole.PERCENT() != null, number, seed, Places.of(whole));
    }

    List<Query.Unpivot> wholeUnpivots() {
        return run.run(QueryParser::wholeUnpivots).unpivot().stream()
                .map(unpivot -> {
                    var names = unpivot.label().stream().map(SqlTree::label).toList();
                    var key = names.size() == 2 ? Optional.of(names.getFirst()) : Optional.<String>empty();
                    return new Query.Unpivot(
                            expressions.of(unpivot.expression()), key, names.getLast(), Places.of(unpivot));
                })
                .toList();
    }

    Query compound(CompoundContext context) {
        return compound(context, Map.of());
    }

    private Query compound(CompoundContext context, Map<String, Query> named) {
        var parts = context.query().stream().map(this::query).toList();
        if (parts.size() > 1) {
            return CompoundTree.of(context, parts, named);
        }
        var only = parts.getFirst();
        only.withQueries.putAll(named);
        return only.build();
    }

    private Query.Builder query(QueryContext context) {
        var query = new Query.Builder(Dialect.SQL, Places.of(context));
        query.distinct = context.DISTINCT() != null;
        query.select = items(context.items());
        query.from = sources.of(context.source());
        for (var middle : context.middle()) {
            middle(query, middle);
        }
        if (context.sortKeys() != null) {
            query.sort = sortKeys(context.sortKeys());
        }
        for (var limit : context.limit()) {
            once(query.limit.isEmpty(), "LIMIT", Places.of(limit));
            query.limit = OptionalLong.of(count(limit.count()));
        }
        for (var offset : context.offset()) {
            once(query.offset.isEmpty() && query.cursor == null, "OFFSET", Places.of(offset));
            if (offset.count() != null) {
                query.offset = OptionalLong.of(count(offset.count()));
            } else {
                query.cursor = Texts.unquoted(offset.getChild(1).getText());
            }
        }
        for (var setting : context.setting()) {
            var text = setting.getText();
            var value = text.substring(text.indexOf('=') + 1);
            boolean quoted = value.startsWith("'") || value.startsWith("\"");
            query.settings.put(
                    label(setting.label(0)).toLowerCase(Locale.ROOT), quoted ? Texts.unquoted(value) : value);
        }
        return query;
    }

    private void middle(Query.Builder query, MiddleContext middle) {
        var place = Places.of(middle);
        switch (middle) {
            case WhereContext where -> {
                once(query.filter == null, "WHERE", place);
                query.filter = expressions.of(where.expression());
            }
            case GroupByContext group -> {
                once(query.groupBy.isEmpty(), "GROUP BY", place);
                query.groupBy = expressions.all(group.expressions());
            }
            case HavingContext having -> {
                once(query.finalFilter == null, "HAVING", place);
                query.finalFilter = expressions.of(having.expression());
            }
            case SqlUnpivotContext unpivot -> {
                var key = label(unpivot.key);
                query.unpivots.add(new Query.Unpivot(
                        expressions.of(unpivot.expression()),
                        key.equals("_") ? Optional.empty() : Optional.of(key),
                        label(unpivot.value),
                        place));
            }
            case SqlPivotContext pivot -> {
                once(query.pivot == null, "PIVOT", place);
                query.pivot = new Query.Pivot(
                        pivotItems(pivot.pivotItem()), Optional.of(expressions.of(pivot.expression())), place);
            }
            case SqlSampleContext sample -> {
                once(query.sample == null, "TABLESAMPLE", place);
                query.sample = SampleTree.of(sample);
            }
            default -> throw new IllegalStateException("no clause: " + middle.getText());
        }
    }

    private static void once(boolean first, String clause, Place place) {
        if (!first) {
            throw fault("a second " + clause, place);
        }
    }

    List<Item> items(ItemsContext context) {
        var items = new ArrayList<Item>();
        for (var item : context.item()) {
            items.add(item(item));
        }
        return items;
    }

    private Item item(ItemContext context) {
        return switch (context) {
            case StarContext star -> {
                var except = star.label().stream().map(SqlTree::label).toList();
                var replace = new LinkedHashMap<String, Expr>();
                for (var item : pivotItems(star.pivotItem())) {
                    replace.put(item.alias().orElse(item.text()), item.value());
                }
                yield new Item(
                        new Expr.Star(Optional.empty(), except, replace, Places.of(star)), Optional.empty(), "*");
            }
            case TableStarContext star ->
                new Item(
                        new Expr.Star(Optional.of(label(star.label())), List.of(), Map.of(), Places.of(star)),
                        Optional.empty(),
                        "*");
            case ValueItemContext item -> {
                var alias = item.label() != null
                        ? Optional.of(label(item.label()))
                        : item.STRING() != null
                                ? Optional.of(Texts.unquoted(item.STRING().getText()))
                                : Optional.ofNullable(item.bareLabel()).map(l -> unquotedLabel(l.getText()));
                yield new Item(expressions.of(item.expression()), alias, written(Places.of(item.expression())));
            }
            default -> throw new IllegalStateException("no item: " + context.getText());
        };
    }

    private List<Item> pivotItems(List<PivotItemContext> contexts) {
        var items = new ArrayList<Item>();
        for (var item : contexts) {
            var alias = Optional.ofNullable(item.label()).map(SqlTree::label);
            items.add(new Item(expressions.of(item.expression()), alias, written(Places.of(item.expression()))));
        }
        return items;
    }

    private List<SortKey> sortKeys(SortKeysContext context) {
        var keys = new ArrayList<SortKey>();
        for (var key : context.sortKey()) {
            var nulls = key.NULLS() == null ? Optional.<Boolean>empty() : Optional.of(key.FIRST() != null);
            keys.add(new SortKey(expressions.of(key.expression()), key.DESC() != null, nulls));
        }
        return keys;
    }

    private static long count(CountContext context) {
        if (context.NUMBER() == null) {
            throw fault("a parameter cannot stand here", Places.of(context));
        }
        return wholeNumber(context.NUMBER().getText(), Places.of(context));
    }

    static long wholeNumber(String number, Place place) {
        try {
            return new BigDecimal(number).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw fault("a whole number of 64 bits is expected, not " + number, place);
        }
    }

    /** As it stands in the query, white space made one. */
    String written(Place place) {
        return text.substring(place.offset(), Math.min(place.next(), text.length()))
                .replaceAll("\\s+", " ");
    }

    static String label(LabelContext context) {
        return unquotedLabel(context.getText());
    }

    static String unquotedLabel(String text) {
        return switch (text.charAt(0)) {
            case '"' -> Texts.unquoted(text);
            case '`' -> Texts.backquoted(text);
            default -> text;
        };
    }

    static QueryFaultException fault(String message, Place place) {
        return QueryFault.of(QueryFault.Kind.PARSE, message, place).exception();
    }
}

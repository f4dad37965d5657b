package io.spanlake.query.parse;

import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.grammar.QueryLexer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.antlr.v4.runtime.Token;

/**
 * Makes the tree of a BTQL query. A clause begins at its name and a colon, outside of brackets and of a ternary; a bar, a
 * line break or a space before it mean nothing. So the text is cut first, and each value parsed by itself.
 */
final class BtqlTree {
    private static final List<String> CLAUSES = List.of(
            "select",
            "dimensions",
            "measures",
            "infer",
            "from",
            "filter",
            "where",
            "span_filter",
            "trace_filter",
            "final_filter",
            "sort",
            "limit",
            "offset",
            "cursor",
            "sample",
            "unpivot",
            "pivot",
            "preview_length",
            "comparison_key",
            "weighted_scores",
            "custom_columns",
            "inference_budget",
            "final_dimensions",
            "final_measures");

    private record Clause(String name, Place place, List<Token> value) {}

    private final String text;
    private final List<Token> tokens;

    BtqlTree(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    Query query() {
        var query = new Query.Builder(Dialect.BTQL, Places.of(tokens.getFirst()));
        var seen = new HashSet<String>();
        for (var clause : clauses()) {
            if (!seen.add(clause.name.equals("where") ? "filter" : clause.name)) {
                throw SqlTree.fault("a second " + clause.name + ":", clause.place);
            }
            if (clause.value.isEmpty()) {
                throw SqlTree.fault(clause.name + ": has no value", clause.place);
            }
            set(query, clause);
        }
        return query.build();
    }

    private void set(Query.Builder query, Clause clause) {
        var value = new SqlTree(text, new ParserRun(text, clause.value));
        switch (clause.name) {
            case "select" -> query.select = value.wholeItems();
            case "dimensions" -> query.dimensions = value.wholeItems();
            case "measures" -> query.measures = value.wholeItems();
            case "final_dimensions" -> query.finalDimensions = value.wholeItems();
            case "final_measures" -> query.finalMeasures = value.wholeItems();
            case "weighted_scores" -> query.weightedScores = value.wholeItems();
            case "custom_columns" -> query.customColumns = value.wholeItems();
            case "infer" -> query.infer = value.wholeExpressions();
            case "from" -> query.from = value.wholeSource();
            case "filter", "where" -> query.filter = value.wholeExpression();
            case "span_filter" -> query.spanFilter = value.wholeExpression();
            case "trace_filter" -> query.traceFilter = value.wholeExpression();
            case "final_filter" -> query.finalFilter = value.wholeExpression();
            case "comparison_key" -> query.comparisonKey = value.wholeExpression();
            case "sort" -> query.sort = value.wholeSortKeys();
            case "limit" -> query.limit = OptionalLong.of(value.wholeCount());
            case "offset" -> query.offset = OptionalLong.of(value.wholeCount());
            case "preview_length" -> query.previewLength = OptionalLong.of(value.wholeCount());
            case "inference_budget" -> value.wholeCount();
            case "cursor" -> query.cursor = value.wholeText().orElse(null);
            case "sample" -> query.sample = value.wholeSample();
            case "unpivot" -> query.unpivots = value.wholeUnpivots();
            case "pivot" -> query.pivot = new Query.Pivot(value.wholeItems(), Optional.empty(), clause.place);
            default -> throw new IllegalStateException(clause.name);
        }
    }

    private List<Clause> clauses() {
        int at = skipBars(0);
        if (!beginsClause(at)) {
            throw noClause(tokens.get(Math.min(at, tokens.size() - 1)));
        }
        var clauses = new ArrayList<Clause>();
        while (at < tokens.size()) {
            var name = tokens.get(at);
            int first = at + 2;
            int next = endOfValue(first);
            int valueEnd = next;
            while (valueEnd > first && isSeparator(tokens.get(valueEnd - 1))) {
                valueEnd--;
            }
            clauses.add(new Clause(
                    name.getText().toLowerCase(Locale.ROOT), Places.of(name), tokens.subList(first, valueEnd)));
            at = next;
        }
        return clauses;
    }

    private int endOfValue(int first) {
        int depth = 0;
        int ternaries = 0;
        for (int at = first; at < tokens.size(); at++) {
            switch (tokens.get(at).getType()) {
                case QueryLexer.OPEN, QueryLexer.OPEN_ARRAY, QueryLexer.OPEN_OBJECT -> depth++;
                case QueryLexer.CLOSE, QueryLexer.CLOSE_ARRAY, QueryLexer.CLOSE_OBJECT -> depth--;
                case QueryLexer.QUESTION -> ternaries += depth == 0 ? 1 : 0;
                case QueryLexer.COLON -> ternaries -= depth == 0 && ternaries > 0 ? 1 : 0;
                case QueryLexer.PIPE -> {
                    int after = skipBars(at);
                    if (depth == 0 && after < tokens.size() && !beginsClause(after)) {
                        throw noClause(tokens.get(after));
                    }
                }
                default -> {
                    if (depth == 0 && ternaries == 0 && at > first - 1 && beginsClause(at)) {
                        return at;
                    }
                }
            }
        }
        return tokens.size();
    }

    private boolean beginsClause(int at) {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).getType() == QueryLexer.COLON
                && CLAUSES.contains(tokens.get(at).getText().toLowerCase(Locale.ROOT));
    }

    private int skipBars(int from) {
        int at = from;
        while (at < tokens.size() && isSeparator(tokens.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(Token token) {
        return token.getType() == QueryLexer.PIPE || token.getType() == QueryLexer.SEMICOLON;
    }

    private static QueryFaultException noClause(Token token) {
        var word = token.getText();
        var shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
        var known = new ArrayList<>(CLAUSES);
        known.addAll(List.of("SELECT", "WITH"));
        return QueryFault.of(
                        QueryFault.Kind.PARSE,
                        "a query begins with SELECT or WITH, or has clauses such as select: and from:, not " + shown,
                        Places.of(token))
                .withHint(Nearest.hint(word, known))
                .exception();
    }
}

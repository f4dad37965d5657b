package io.spanlake.query.parse;

import io.spanlake.query.parse.grammar.QueryLexer;
import io.spanlake.query.parse.grammar.QueryParser;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** Parses queries and expressions that come as text. Thread-safe. */
public final class QueryTexts {
    private final TokenRules rules;

    public QueryTexts(QueryLimits limits) {
        this.rules = new TokenRules(limits);
    }

    /**
     * SQL where the first word is SELECT or WITH, else BTQL.
     *
     * @throws QueryFaultException where the text is no query
     */
    public Query query(String text) {
        return query(text, rules.tokens(text));
    }

    /** A query, behind {@code EXPLAIN} or {@code EXPLAIN ANALYZE} where it is not its rows that are asked for. */
    public record Explained(ExplainMode mode, Query query) {}

    /** @throws QueryFaultException where the text is no query */
    public Explained explained(String text) {
        var tokens = rules.tokens(text);
        if (!isWord(tokens, 0, "explain")) {
            return new Explained(ExplainMode.NONE, query(text, tokens));
        }
        boolean analyze = isWord(tokens, 1, "analyze") || isWord(tokens, 1, "analyse");
        var query = query(text, tokens.subList(analyze ? 2 : 1, tokens.size()));
        return new Explained(analyze ? ExplainMode.ANALYZE : ExplainMode.PLAN, query);
    }

    private static boolean isWord(List<Token> tokens, int at, String word) {
        boolean labelled = at + 1 < tokens.size() && tokens.get(at + 1).getType() == QueryLexer.COLON;
        return at < tokens.size() && tokens.get(at).getText().equalsIgnoreCase(word) && !labelled;
    }

    private static Query query(String text, List<Token> tokens) {
        if (tokens.isEmpty()) {
            throw QueryFault.of(QueryFault.Kind.PARSE, "the query is empty", Place.NONE)
                    .withHint("for example: select * from project_logs('<project id>') limit 10")
                    .exception();
        }
        return isSql(tokens)
                ? new SqlTree(text, rulesOf(text, tokens)).statement()
                : new BtqlTree(text, tokens).query();
    }

    /** A condition or value alone, as saved filters are; a leading {@code WHERE} or {@code filter:} is passed over. */
    public Expr expression(String text) {
        var tokens = rules.tokens(text);
        boolean labelled = tokens.size() > 1
                && tokens.getFirst().getText().toLowerCase(Locale.ROOT).equals("filter")
                && tokens.get(1).getType() == QueryLexer.COLON;
        return new SqlTree(text, rulesOf(text, labelled ? tokens.subList(2, tokens.size()) : tokens)).wholeExpression();
    }

    /** The source of a query, as {@code project_logs('…') traces}. */
    Query.Source source(String text) {
        return new SqlTree(text, rulesOf(text, rules.tokens(text))).wholeSource();
    }

    Query.Item item(String text) {
        return new SqlTree(text, rulesOf(text, rules.tokens(text))).wholeItems().getFirst();
    }

    private static ParserRun rulesOf(String text, List<Token> tokens) {
        return new ParserRun(text, tokens);
    }

    private static boolean isSql(List<Token> tokens) {
        int first = tokens.getFirst().getType();
        boolean labelled = tokens.size() > 1 && tokens.get(1).getType() == QueryLexer.COLON;
        return (first == QueryParser.SELECT || first == QueryParser.WITH) && !labelled;
    }
}

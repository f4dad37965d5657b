package io.spanlake.query.parse;

import io.spanlake.query.parse.grammar.QueryLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * From text to the words of the grammar:
 *
 * <ol>
 *   <li>Size and depth are bounded, so that the parser may recurse.
 *   <li>Words that are keywords only before certain others are names elsewhere: {@code group} without {@code by}.
 *   <li>A question mark where a value is expected is a parameter.
 * </ol>
 */
final class TokenRules {
    private final QueryLimits limits;

    TokenRules(QueryLimits limits) {
        this.limits = limits;
    }

    /** Without the end of the text. */
    List<Token> tokens(String text) {
        if (text.length() > limits.charsMax()) {
            throw QueryFault.of(
                            QueryFault.Kind.TOO_LARGE,
                            "the query has %d characters, the limit is %d".formatted(text.length(), limits.charsMax()),
                            Place.NONE)
                    .exception();
        }
        var lexer = new QueryLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        var tokens = new ArrayList<Token>();
        for (var token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            checkWord(token);
            tokens.add(token);
            if (tokens.size() > limits.tokensMax()) {
                throw tooLarge("the query has more than %d words and signs".formatted(limits.tokensMax()), token);
            }
        }
        checkDepth(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            soften(tokens, i);
        }
        return tokens;
    }

    private static void checkWord(Token token) {
        if (token.getType() == QueryLexer.UNTERMINATED) {
            throw QueryFault.of(QueryFault.Kind.PARSE, "a " + token.getText() + " without its end", Places.of(token))
                    .withHint("a quote inside a text is written twice")
                    .exception();
        }
        if (token.getType() == QueryLexer.OTHER) {
            throw QueryFault.of(QueryFault.Kind.PARSE, "unexpected character " + token.getText(), Places.of(token))
                    .exception();
        }
    }

    /**
     * Counts what the parser and every later step go down one level for. A chain of operators leans to the left, one level a
     * link, wherever the links stand: so all of a query are counted together.
     */
    private void checkDepth(List<Token> tokens) {
        int open = 0;
        int prefixes = 0;
        int links = 0;
        int last = Token.EOF;
        for (var token : tokens) {
            int type = token.getType();
            switch (type) {
                case QueryLexer.OPEN, QueryLexer.OPEN_ARRAY, QueryLexer.OPEN_OBJECT, QueryLexer.CASE -> open++;
                case QueryLexer.CLOSE, QueryLexer.CLOSE_ARRAY, QueryLexer.CLOSE_OBJECT, QueryLexer.END ->
                    open = Math.max(0, open - 1);
                default -> {}
            }
            boolean value = isValueEnd(last);
            prefixes = isPrefix(type) && !value ? prefixes + 1 : 0;
            links += isLink(type) && value ? 1 : 0;
            if (open + prefixes > limits.depthMax()) {
                throw tooLarge(
                        "more than %d brackets, branches or signs inside each other".formatted(limits.depthMax()),
                        token);
            }
            if (links > limits.linksMax()) {
                throw tooLarge(
                        "more than %d arithmetic operators, choices and casts".formatted(limits.linksMax()), token);
            }
            last = type;
        }
    }

    private static boolean isPrefix(int type) {
        return type == QueryLexer.NOT || type == QueryLexer.MINUS || type == QueryLexer.PLUS;
    }

    private static boolean isLink(int type) {
        return switch (type) {
            case QueryLexer.PLUS,
                    QueryLexer.MINUS,
                    QueryLexer.STAR,
                    QueryLexer.SLASH,
                    QueryLexer.PERCENT,
                    QueryLexer.CONCAT,
                    QueryLexer.QUESTION,
                    QueryLexer.TYPE_OF,
                    QueryLexer.ARROW,
                    QueryLexer.ARROW_TEXT -> true;
            default -> false;
        };
    }

    private static QueryFaultException tooLarge(String message, Token token) {
        return QueryFault.of(QueryFault.Kind.TOO_LARGE, message, Places.of(token))
                .exception();
    }

    private static void soften(List<Token> tokens, int at) {
        var token = (CommonToken) tokens.get(at);
        int next = at + 1 < tokens.size() ? tokens.get(at + 1).getType() : Token.EOF;
        int last = at > 0 ? tokens.get(at - 1).getType() : Token.EOF;
        boolean keyword = switch (token.getType()) {
            case QueryLexer.GROUP, QueryLexer.ORDER -> next == QueryLexer.BY;
            case QueryLexer.LIMIT ->
                next == QueryLexer.NUMBER || next == QueryLexer.QUESTION || next == QueryLexer.COLON;
            case QueryLexer.OFFSET ->
                next == QueryLexer.NUMBER
                        || next == QueryLexer.STRING
                        || next == QueryLexer.QUOTED
                        || next == QueryLexer.QUESTION;
            case QueryLexer.INTERVAL ->
                next == QueryLexer.NUMBER || next == QueryLexer.STRING || next == QueryLexer.MINUS;
            case QueryLexer.SETTINGS ->
                next != QueryLexer.EQUAL
                        && at + 2 < tokens.size()
                        && tokens.get(at + 2).getType() == QueryLexer.EQUAL;
            case QueryLexer.FIRST, QueryLexer.LAST -> last == QueryLexer.NULLS;
            case QueryLexer.NULLS -> next == QueryLexer.FIRST || next == QueryLexer.LAST;
            case QueryLexer.UNPIVOT, QueryLexer.PIVOT -> next == QueryLexer.OPEN;
            case QueryLexer.QUESTION -> isValueEnd(last);
            default -> true;
        };
        if (!keyword) {
            token.setType(token.getType() == QueryLexer.QUESTION ? QueryLexer.PLACEHOLDER : QueryLexer.NAME);
        }
    }

    private static boolean isValueEnd(int type) {
        return switch (type) {
            case QueryLexer.NAME,
                    QueryLexer.STEP,
                    QueryLexer.NUMBER,
                    QueryLexer.STRING,
                    QueryLexer.QUOTED,
                    QueryLexer.BACKQUOTED,
                    QueryLexer.PLACEHOLDER,
                    QueryLexer.CLOSE,
                    QueryLexer.CLOSE_ARRAY,
                    QueryLexer.CLOSE_OBJECT,
                    QueryLexer.TRUE,
                    QueryLexer.FALSE,
                    QueryLexer.NULL,
                    QueryLexer.ISNULL,
                    QueryLexer.ISNOTNULL,
                    QueryLexer.END -> true;
            default -> false;
        };
    }
}

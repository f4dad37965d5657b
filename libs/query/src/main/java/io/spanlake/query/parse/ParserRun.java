package io.spanlake.query.parse;

import io.spanlake.query.parse.grammar.QueryLexer;
import io.spanlake.query.parse.grammar.QueryParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/** One parse of some tokens: fast first, and a second time, thoroughly, where that found no way. */
final class ParserRun {
    private static final int EXPECTED_MAX = 24;
    private static final Map<Integer, String> NAMES = Map.of(
            QueryLexer.NAME, "a name",
            QueryLexer.STRING, "a text in quotes",
            QueryLexer.NUMBER, "a number",
            QueryLexer.STEP, ".name",
            Token.EOF, "the end");
    private static final Set<Integer> UNTOLD = Set.of(
            QueryLexer.QUOTED,
            QueryLexer.BACKQUOTED,
            QueryLexer.PLACEHOLDER,
            QueryLexer.QUESTION,
            QueryLexer.SEMICOLON);
    private static final Map<Integer, String> UNSUPPORTED = Map.of(
            QueryLexer.RIGHT, "RIGHT JOIN",
            QueryLexer.FULL, "FULL JOIN",
            QueryLexer.OVER, "OVER (window functions)");

    private final String text;
    private final List<Token> tokens;

    ParserRun(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    <T> T run(Function<QueryParser, T> rule) {
        var parser = parser();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            return thoroughly(rule);
        }
    }

    private <T> T thoroughly(Function<QueryParser, T> rule) {
        var parser = parser();
        var strategy = new FirstFault();
        parser.setErrorHandler(strategy);
        parser.addErrorListener(new Telling(strategy));
        return rule.apply(parser);
    }

    private QueryParser parser() {
        var all = new ArrayList<>(tokens);
        all.add(end());
        var parser = new QueryParser(new CommonTokenStream(new ListTokenSource(all)));
        parser.removeErrorListeners();
        return parser;
    }

    private Token end() {
        var end = new CommonToken(Token.EOF, "<EOF>");
        if (tokens.isEmpty()) {
            end.setLine(1);
            end.setCharPositionInLine(0);
            end.setStartIndex(0);
            end.setStopIndex(-1);
            return end;
        }
        var last = tokens.getLast();
        end.setLine(last.getLine());
        end.setCharPositionInLine(last.getCharPositionInLine() + last.getText().length());
        end.setStartIndex(last.getStopIndex() + 1);
        end.setStopIndex(last.getStopIndex());
        return end;
    }

    /** Ends at the first fault: what a parser finds after it is rarely one. Gathers what could have stood there instead. */
    private static final class FirstFault extends DefaultErrorStrategy {
        private final IntervalSet expected = new IntervalSet();
        private int furthest = -1;

        @Override
        public void sync(Parser recognizer) {
            int index = recognizer.getCurrentToken().getTokenIndex();
            if (index > furthest) {
                furthest = index;
                expected.clear();
            }
            if (index == furthest) {
                expected.addAll(recognizer.getExpectedTokens());
            }
        }

        IntervalSet expectedAt(Token token) {
            return token.getTokenIndex() == furthest ? expected : new IntervalSet();
        }

        @Override
        public void reportError(Parser recognizer, RecognitionException e) {
            recognizer.notifyErrorListeners(e.getOffendingToken(), "", e);
        }

        @Override
        protected void reportUnwantedToken(Parser recognizer) {
            recognizer.notifyErrorListeners(recognizer.getCurrentToken(), "", null);
        }

        @Override
        protected @Nullable Token singleTokenDeletion(Parser recognizer) {
            return null;
        }

        @Override
        protected boolean singleTokenInsertion(Parser recognizer) {
            return false;
        }
    }

    private final class Telling extends BaseErrorListener {
        private final FirstFault strategy;

        Telling(FirstFault strategy) {
            this.strategy = strategy;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object offendingSymbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException e) {
            throw fault((Parser) recognizer, (Token) offendingSymbol, e).exception();
        }

        private QueryFault fault(Parser parser, Token token, @Nullable RecognitionException e) {
            var place = Places.of(token);
            var unsupported = UNSUPPORTED.get(token.getType());
            if (unsupported != null) {
                return QueryFault.of(QueryFault.Kind.PARSE, unsupported + " is not supported", place);
            }
            var expected = expected(parser, token, e);
            boolean end = token.getType() == Token.EOF;
            var what = end ? "unexpected end of the query" : "unexpected " + shown(token);
            var told = expected.size() > EXPECTED_MAX ? List.<String>of() : expected;
            var fault = new QueryFault(QueryFault.Kind.PARSE, what, place, told, Optional.empty());
            return end ? fault : fault.withHint(Nearest.hint(token.getText(), expected));
        }

        private List<String> expected(Parser parser, Token token, @Nullable RecognitionException e) {
            var set = new IntervalSet(strategy.expectedAt(token));
            set.addAll(e == null || e.getExpectedTokens() == null ? parser.getExpectedTokens() : e.getExpectedTokens());
            var names = new ArrayList<String>();
            for (int type : set.toList()) {
                if (!UNTOLD.contains(type)) {
                    names.add(NAMES.getOrDefault(type, literal(type)));
                }
            }
            return names.stream().distinct().toList();
        }

        private static String literal(int type) {
            var literal = QueryLexer.VOCABULARY.getLiteralName(type);
            return literal == null
                    ? QueryLexer.VOCABULARY.getDisplayName(type)
                    : literal.substring(1, literal.length() - 1).toUpperCase(Locale.ROOT);
        }

        private String shown(Token token) {
            var shown = text.substring(token.getStartIndex(), Math.min(text.length(), token.getStopIndex() + 1));
            return shown.length() > 40 ? shown.substring(0, 40) + "…" : shown;
        }
    }
}

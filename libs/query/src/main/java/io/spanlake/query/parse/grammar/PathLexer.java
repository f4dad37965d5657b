package io.spanlake.query.parse.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/** Tells the dot of a path from the point of a number: {@code a.1} and {@code 1.1}. */
abstract class PathLexer extends Lexer {
    private int lastType = Token.EOF;
    private int lastStop = -1;

    PathLexer(CharStream input) {
        super(input);
    }

    @Override
    public Token nextToken() {
        var token = super.nextToken();
        lastType = token.getType();
        lastStop = token.getStopIndex();
        return token;
    }

    @Override
    public void reset() {
        super.reset();
        lastType = Token.EOF;
        lastStop = -1;
    }

    /** Whether a step may begin where this token does: right behind a name, a quote, a step or a bracket. */
    boolean afterPath() {
        if (lastStop + 1 != _tokenStartCharIndex) {
            return false;
        }
        return switch (lastType) {
            case QueryLexer.STEP,
                    QueryLexer.NAME,
                    QueryLexer.QUOTED,
                    QueryLexer.BACKQUOTED,
                    QueryLexer.CLOSE,
                    QueryLexer.CLOSE_ARRAY -> true;
            default -> lastType >= QueryLexer.SELECT && lastType <= QueryLexer.OVER;
        };
    }
}

package io.spanlake.query.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

final class Places {
    private Places() {}

    static Place of(Token token) {
        int next = Math.max(token.getStartIndex(), token.getStopIndex() + 1);
        return new Place(token.getLine(), token.getCharPositionInLine() + 1, token.getStartIndex(), next);
    }

    static Place of(ParserRuleContext context) {
        var first = context.getStart();
        var last = context.getStop();
        int next = last == null ? first.getStopIndex() + 1 : Math.max(last.getStopIndex() + 1, first.getStartIndex());
        return new Place(first.getLine(), first.getCharPositionInLine() + 1, first.getStartIndex(), next);
    }
}

package io.spanlake.query.parse;

import io.spanlake.query.parse.grammar.QueryParser.SqlSampleContext;
import java.util.Locale;
import java.util.OptionalLong;

/** Makes the tree of {@code TABLESAMPLE}: a share of the rows, or a number of them. */
final class SampleTree {
    private SampleTree() {}

    static Query.Sample of(SqlSampleContext context) {
        var size = context.sampleSize();
        var word = size.NAME() == null ? "" : size.NAME().getText().toLowerCase(Locale.ROOT);
        boolean rate = size.PERCENT() != null || word.equals("percent") || (context.NAME() != null && word.isEmpty());
        if (!word.isEmpty() && !word.equals("percent") && !word.equals("rows")) {
            throw QueryFault.of(
                            QueryFault.Kind.PARSE, "a sample is so many PERCENT or ROWS, not " + word, Places.of(size))
                    .exception();
        }
        var seed = context.NUMBER() == null
                ? OptionalLong.empty()
                : OptionalLong.of(SqlTree.wholeNumber(context.NUMBER().getText(), Places.of(context)));
        return of(rate, Double.parseDouble(size.NUMBER().getText()), seed, Places.of(context));
    }

    static Query.Sample of(boolean rate, double number, OptionalLong seed, Place place) {
        double amount = rate ? number / 100 : number;
        if (rate ? amount > 1 : amount < 1) {
            throw SqlTree.fault("a sample is at most 100% or at least one row", place);
        }
        return new Query.Sample(rate, amount, seed, place);
    }
}

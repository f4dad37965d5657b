package io.spanlake.query.parse;

/**
 * How large a query may be. Beyond it is refused before it is understood.
 *
 * @param charsMax  UTF-16 units of text
 * @param tokensMax words, numbers and signs: a list of 10,000 ids has 20,000
 * @param depthMax  brackets, NOTs, signs and branches inside each other
 * @param linksMax  arithmetic operators, ternaries and casts of a whole query
 */
public record QueryLimits(int charsMax, int tokensMax, int depthMax, int linksMax) {
    public static final QueryLimits DEFAULT = new QueryLimits(1_000_000, 250_000, 200, 1_000);
}

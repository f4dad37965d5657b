package io.spanlake.query.function;

import java.util.List;

/**
 * What tokens of one model cost, in USD a million.
 *
 * @param cached    read from a cache
 * @param write     written to a cache for five minutes
 * @param writeLong written to a cache for an hour
 */
public record ModelPrice(double input, double cached, double write, double writeLong, double output) {
    /** What counts tokens of a span. */
    public static final List<String> TOKENS = List.of(
            "prompt_tokens",
            "completion_tokens",
            "prompt_cached_tokens",
            "prompt_cache_creation_tokens",
            "prompt_cache_creation_5m_tokens",
            "prompt_cache_creation_1h_tokens");

    /** Tokens that are not counted. */
    public static final double NONE = Double.NaN;

    private static final int PROMPT = 0;
    private static final int COMPLETION = 1;
    private static final int CACHED = 2;
    private static final int WRITES = 3;
    private static final int SHORT_WRITES = 4;
    private static final int LONG_WRITES = 5;
    private static final double MILLION = 1e6;

    /**
     * In USD; {@link #NONE} where neither prompt nor completion is counted. Cached tokens are part of the prompt's.
     *
     * @param tokens in the order of {@link #TOKENS}
     */
    public double cost(double[] tokens) {
        if (isNone(tokens[PROMPT]) && isNone(tokens[COMPLETION])) {
            return NONE;
        }
        double fromCache = some(tokens[CACHED]);
        double longWrites = some(tokens[LONG_WRITES]);
        double writes = isNone(tokens[WRITES]) ? some(tokens[SHORT_WRITES]) + longWrites : tokens[WRITES];
        double plain = Math.max(0, some(tokens[PROMPT]) - fromCache - writes);
        double total = plain * input
                + fromCache * cached
                + Math.max(0, writes - longWrites) * write
                + longWrites * writeLong
                + some(tokens[COMPLETION]) * output;
        return total / MILLION;
    }

    private static boolean isNone(double number) {
        return Double.isNaN(number);
    }

    private static double some(double number) {
        return isNone(number) ? 0 : number;
    }
}

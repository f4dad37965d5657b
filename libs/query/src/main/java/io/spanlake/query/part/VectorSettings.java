package io.spanlake.query.part;

/**
 * When columns are used.
 *
 * @param cacheBytes   heap for columns that were asked for lately; a quarter of it more for sets of rows that indexes gave, and a
 *                     quarter for single rows
 * @param fewRows      so few rows are read rather than columns loaded
 * @param leftOutShare a column is of no use where it leaves out more than this share of the part's rows
 */
public record VectorSettings(long cacheBytes, int fewRows, double leftOutShare) {
    public static VectorSettings of(long cacheBytes) {
        return new VectorSettings(cacheBytes, 128, 0.125);
    }
}

package io.spanlake.storage.part.columns;

/**
 * Which paths become columns, and what a column may hold.
 *
 * @param frequentShare  share of the rows that must have a value at a path below {@code metadata}; lower finds more columns,
 *                       which cost bytes and, each, a little of every open
 * @param fittingShare   share of those values that the column's type must hold
 * @param metadataMax    most columns below {@code metadata}, the most frequent first
 * @param numbersMax     most columns below {@code metrics}, and as many below {@code scores}
 * @param textBytesMax   longest string of a frequent path, in UTF-8
 * @param stripeBytes    about how much the writer holds in memory before it writes it out
 */
public record ColumnLimits(
        double frequentShare, double fittingShare, int metadataMax, int numbersMax, int textBytesMax, int stripeBytes) {
    public static final ColumnLimits DEFAULT = new ColumnLimits(0.05, 0.9, 64, 256, 256, 16 << 20);

    public ColumnLimits {
        if (!(frequentShare > 0 && frequentShare <= 1) || !(fittingShare > 0 && fittingShare <= 1)) {
            throw new IllegalArgumentException(
                    "shares are above 0 and at most 1, not %s and %s".formatted(frequentShare, fittingShare));
        }
        if (metadataMax < 0 || numbersMax < 0 || textBytesMax < 1 || stripeBytes < 1) {
            throw new IllegalArgumentException("too small: %d and %d columns, texts of %d bytes, stripes of %d"
                    .formatted(metadataMax, numbersMax, textBytesMax, stripeBytes));
        }
    }
}

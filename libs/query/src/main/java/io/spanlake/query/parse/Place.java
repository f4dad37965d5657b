package io.spanlake.query.parse;

/**
 * Where something stands in a query's text.
 *
 * @param line   from 1; 0 where the query came as JSON and says nothing
 * @param column from 1, in UTF-16 units
 * @param offset of the first character, from 0
 * @param next   offset after the last
 */
public record Place(int line, int column, int offset, int next) {
    public static final Place NONE = new Place(0, 0, 0, 0);

    public boolean known() {
        return line > 0;
    }

    @Override
    public String toString() {
        return "line %d, column %d".formatted(line, column);
    }
}

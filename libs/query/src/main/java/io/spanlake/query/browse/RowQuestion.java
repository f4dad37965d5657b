package io.spanlake.query.browse;

import java.time.Instant;
import java.util.Optional;

/**
 * Which rows are meant: those that satisfy all of it.
 *
 * @param filter a condition of the query language
 * @param search words, as {@code search('…')} takes them
 * @param from   {@code created} at least
 * @param before {@code created} less than
 * @param roots  only those that have no parent
 */
public record RowQuestion(
        Optional<String> filter,
        Optional<String> search,
        Optional<Instant> from,
        Optional<Instant> before,
        boolean roots) {
    public static final RowQuestion ALL =
            new RowQuestion(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public static RowQuestion filter(String filter) {
        return new RowQuestion(Optional.of(filter), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** Whether every row is meant. */
    public boolean isAll() {
        return filter.isEmpty() && search.isEmpty() && from.isEmpty() && before.isEmpty() && !roots;
    }
}

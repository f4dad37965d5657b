package io.spanlake.query.tail;

import java.util.Optional;

/**
 * @param known whether anything of the row stands in the tail: then no part shows it
 * @param row   absent where the tail does not show it
 */
public record FoundRow(boolean known, Optional<RowPlaces> row) {}

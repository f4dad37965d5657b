package io.spanlake.query.read;

import io.spanlake.query.cursor.RowCursor;
import java.util.Optional;

/**
 * @param rows      in order
 * @param cursor    where the next page begins, absent where nothing follows now
 * @param freshness which snapshot the rows are of
 */
public record RowsAnswer(HeldRows rows, Optional<RowCursor> cursor, Freshness freshness) {}

package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.cursor.RowCursor;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * Rows in order, each one JSON object.
 *
 * @param rows      folded as they are asked for; an error after some of them means that the answer is not whole
 * @param cursor    where the next page begins, absent where nothing follows now
 * @param freshness which snapshot the rows are of
 */
public record RowsAnswer(Flux<ByteSlice> rows, Optional<RowCursor> cursor, Freshness freshness) {}

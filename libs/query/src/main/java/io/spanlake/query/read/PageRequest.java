package io.spanlake.query.read;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.PageLimits;
import java.util.Optional;

/** @param cursor as a client handed it back, absent for the first page */
public record PageRequest(RowDirection direction, Optional<String> cursor, PageLimits limits) {}

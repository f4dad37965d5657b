package io.spanlake.query.read;

import java.util.Optional;

/** @param row the one row, absent where no such row is visible */
public record RowAnswer(Optional<HeldRows> row, Freshness freshness) {}

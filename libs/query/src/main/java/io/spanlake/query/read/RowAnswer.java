package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import java.util.Optional;

/** @param row one JSON object, absent where no such row is visible */
public record RowAnswer(Optional<ByteSlice> row, Freshness freshness) {}

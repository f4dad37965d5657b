package io.spanlake.queryservice.source;

import io.spanlake.model.TransactionId;
import io.spanlake.query.read.ReadMode;
import java.util.Optional;

/**
 * Which rows of an object a query reads.
 *
 * @param version as they were at the end of that transaction; of types that keep versions only
 * @param writes  a row for each write, instead of what they fold to
 */
public record ReadWish(ReadMode mode, Optional<TransactionId> version, boolean writes) {}

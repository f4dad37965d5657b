package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;

/**
 * @param killsBase whether a row of a live part died of it
 * @param erased    whether that row is gone because a client deleted it
 */
public record FoldedRow(RowOutcome outcome, Balance balance, boolean killsBase, boolean erased) {}

package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;

/**
 * @param killsBase whether a row of a live part died of it
 * @param erased    whether a client deleted it, or some of it, even where the id was written anew since
 */
public record FoldedRow(RowOutcome outcome, Balance balance, boolean killsBase, boolean erased) {}

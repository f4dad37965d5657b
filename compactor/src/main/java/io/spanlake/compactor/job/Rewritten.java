package io.spanlake.compactor.job;

import java.time.Instant;

/**
 * Parts that were written anew, and from what.
 *
 * @param begun   before the snapshot of {@code planned} was taken
 * @param planned that the inputs were read as
 * @param outputs that count on that snapshot
 */
public record Rewritten(Instant begun, Target planned, Outputs outputs) {}

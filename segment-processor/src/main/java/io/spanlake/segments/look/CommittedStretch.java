package io.spanlake.segments.look;

import io.spanlake.segments.Claim;
import io.spanlake.segments.place.Placing;

/**
 * What a committed cut moved of one partition.
 *
 * @param next    offset up to which it is processed now
 * @param writes  how many were read
 * @param bytes   that they took in memory
 * @param placing where their traces went
 */
public record CommittedStretch(Claim claim, long next, long writes, long bytes, Placing placing) {}

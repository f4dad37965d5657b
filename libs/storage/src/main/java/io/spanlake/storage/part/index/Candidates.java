package io.spanlake.storage.part.index;

import org.roaringbitmap.RoaringBitmap;

/**
 * What an index says of a question: no row that is not among these is an answer.
 *
 * @param rows  ordinals in the part
 * @param exact whether every one of these is an answer; where not, each is to be checked on the row
 */
public record Candidates(RoaringBitmap rows, boolean exact) {}

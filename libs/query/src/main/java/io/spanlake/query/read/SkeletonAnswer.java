package io.spanlake.query.read;

/**
 * @param spans  one JSON object each
 * @param count  how many there are
 * @param sorted whether they come in the order of their starts
 */
public record SkeletonAnswer(HeldRows spans, long count, boolean sorted, Freshness freshness) {}

package io.spanlake.storage.part;

/**
 * A row that may have an id: its key says whether.
 *
 * @param rowHash {@code Placement.hash} of the id
 */
public record RowCandidate(long rowHash, int ordinal) {}

package io.spanlake.storage.part;

/**
 * Where a row lies that goes on as it is: what the indexes of its part say of it is copied.
 *
 * @param ordinal of the row there
 */
public record RowOrigin(PartReader part, int ordinal) {}

package io.spanlake.catalog.parts;

/**
 * The rows of a part that are dead, as a blob.
 *
 * @param name     of the blob, never used before
 * @param rows     how many are dead
 * @param stampSum over the stamps that the dead rows remember
 */
public record DeletionVector(String name, long bytes, long rows, long stampSum) {
    public DeletionVector {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("%s: %d rows, %d bytes".formatted(name, rows, bytes));
        }
    }
}

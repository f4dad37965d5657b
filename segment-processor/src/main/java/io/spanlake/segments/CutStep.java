package io.spanlake.segments;

/** Where a cut is on its way; between any two of them a process may die. */
public enum CutStep {
    /** It is decided which partitions are cut; nothing was read. */
    PLANNED,
    /** The writes lie in memory. */
    READ,
    /** They are folded by row and laid out by segment and trace. */
    FOLDED,
    /** The processed blobs are built, in memory. */
    ENCODED,
    /** The processed blobs are in the blob store, and nothing names them yet. */
    STORED,
    /** The catalog names them, and the processed offsets have moved. */
    COMMITTED
}

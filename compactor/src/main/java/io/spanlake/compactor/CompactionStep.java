package io.spanlake.compactor;

/** Where a job is on its way; between any two of them a process may die. */
public enum CompactionStep {
    /** The object is leased. */
    LEASED,
    /** The catalog was read, and it is known what is to be done. */
    PLANNED,
    /** One file of a new part is in the blob store; others of it, and other parts, may follow. */
    FILE_STORED,
    /** Inputs are folded, the new parts are in the blob store, and nothing names them yet. */
    PARTS_STORED,
    /** What stays in the tail, and the rows that die, are in the blob store too. */
    TAIL_STORED,
    /** The checkpoint that the swap will make true is in the blob store. */
    CHECKPOINT_STORED,
    /** The swap counts. */
    PUBLISHED,
    /** The log that is needed no more was let go. */
    LOG_RETIRED
}

package io.spanlake.catalog.work;

/** Why an object is due. The most urgent one, in this order. */
public enum CompactionReason {
    /** Erased rows have to leave live blobs. */
    ERASE,
    /** The tail is large or old. */
    TAIL,
    /** Patches and tombstones were carried for long. */
    CARRIED,
    /** A part has many dead rows. */
    DEAD_ROWS,
    /** Rows are older than their project keeps them. */
    RETENTION,
    /** Parts wait to be merged. */
    MERGE
}

package io.spanlake.storage.part;

/** What a part's bytes are spent on. */
public enum Piece {
    /** JSON of the rows. */
    ROWS,
    /** Row ids, traces, and the rest of the rows' states. */
    KEYS,
    /** Hashes of row, span and trace ids to ordinals. */
    LOOKUPS,
    /** The index of paths and values. */
    INDEX,
    /** The index of texts. */
    TEXT,
    /** The filters of row, span and trace ids. */
    BLOOMS,
    /** The bytes of the indexes that opening touches. */
    HOTCACHE,
    /** The table of all these, lineage and statistics; header and trailer count here. */
    FOOTER,
    /** The {@code .orc}. */
    COLUMNS;
}

package io.spanlake.wal;

/** Where a flush is on its way; between any two of them a process may die. */
public enum FlushStep {
    /** Records came from Kafka; nothing of them is durable outside of it. */
    RECEIVED,
    /** The WAL objects are built, in memory. */
    ENCODED,
    /** The WAL objects are in the blob store, and nothing names them yet. */
    STORED,
    /** The catalog names them: the writes are visible. */
    COMMITTED,
    /** Readers were woken. */
    ANNOUNCED
}

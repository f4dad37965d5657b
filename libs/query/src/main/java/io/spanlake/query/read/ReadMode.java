package io.spanlake.query.read;

/** Which writes a read has to see. */
public enum ReadMode {
    /** Whatever was acknowledged before it began: may wait for one flush. */
    STRICT,
    /** Whatever is in the write-ahead log now: never waits. */
    NEWEST
}

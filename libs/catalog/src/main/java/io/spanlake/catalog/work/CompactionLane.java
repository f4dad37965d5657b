package io.spanlake.catalog.work;

/** What is done to an object at a time: one job of each lane, beside one of the other. */
public enum CompactionLane {
    /** The tail becomes parts. */
    TAIL,
    /** Parts are written anew, or go. */
    REWRITE
}

package io.spanlake.compactor.sweep;

/** Where a sweep is on its way; between row and blob a process may die. */
public enum SweepStep {
    /** Retired blobs are gone; the catalog still knows their names. */
    DELETED,
    /** Names of orphans are given up in the catalog; the blobs lie there still. */
    DOOMED
}

package io.spanlake.query.execute;

/** Told by a scan of what it is about to read. Thread-safe. */
public interface ScanWatch {
    ScanWatch NONE = (_, _, _) -> {};

    /** The JSON of a row was fetched. */
    default void read(SourceRow row) {}

    /** Rows were looked at in their bytes and left out. */
    default void leftOut(long rows, long bytes) {}

    /**
     * @param place    the name of a part, or {@code tail}
     * @param rows     that it has in this snapshot
     * @param admitted those that statistics, filters and indexes could not leave out
     */
    void admitted(String place, long rows, long admitted);
}

package io.spanlake.query.execute;

import io.spanlake.blobstore.BlobReadWatch;
import java.time.Duration;

/**
 * Told by a scan of what it is about to read, and of what it has read, place by place. A place is the name of a part, the
 * write-ahead log, or the processed rows that are in no part yet. Thread-safe.
 */
public interface ScanWatch {
    ScanWatch NONE = (_, _, _) -> {};

    /** The JSON of a row was fetched. */
    default void read(String place, SourceRow row) {}

    /** Rows were looked at in their bytes and left out. */
    default void leftOut(String place, long rows, long bytes) {}

    /** Bytes of a blob came, by one read. What is in memory is not read. */
    default void blob(String place, BlobReadWatch.Origin origin, int bytes, Duration waited) {}

    /** Indexes were asked which rows may satisfy the hint, and took so long, reads included. */
    default void asked(String place, Duration took) {}

    /**
     * @param rows     that it has in this snapshot
     * @param admitted those that statistics, filters and indexes could not leave out
     */
    void admitted(String place, long rows, long admitted);
}

package io.spanlake.catalog.overview;

import java.time.Instant;
import java.util.Optional;

/**
 * How much there is of one kind.
 *
 * @param level    of parts; 0 of all else
 * @param items    blobs, sections or entries, as the kind says
 * @param rows     in them; writes of the log
 * @param deadRows of parts, that stand in deletion vectors
 * @param bytes    of blobs; of parts without their columns and deletion vectors, which are kinds of their own
 * @param rawBytes JSON of the rows, where that is known
 * @param since    when the oldest of it came, where that says something
 */
public record Stock(
        Kind kind,
        int level,
        long items,
        long rows,
        long deadRows,
        long bytes,
        long rawBytes,
        Optional<Instant> since) {
    /** What there is. */
    public enum Kind {
        /** WAL objects that some object needs. */
        WAL,
        /** Processed blobs. */
        PROCESSED,
        PART,
        /** Files of columns beside the parts. */
        COLUMNS,
        DELETION_VECTOR,
        CHECKPOINT,
        /** Blobs that count no more, and are not deleted yet. */
        RETIRED,
        /** Sections of the log that no cut has taken. Without bytes. */
        UNPROCESSED,
        /** Processed sections that wait to be indexed. */
        TAIL,
        /** Patches and tombstones that wait in the tail for what they belong to. */
        CARRIED,
        /** Parts whose dead rows a client deleted, and whose bytes have to go; since when they should be gone. */
        ERASURE,
        /** Records and writes that no WAL object could take. */
        UNREADABLE,
        /** Writes that stand in a blob that nobody can read. */
        MISSING
    }

    static Stock none(Kind kind) {
        return new Stock(kind, 0, 0, 0, 0, 0, 0, Optional.empty());
    }

    Stock plus(Stock other) {
        return new Stock(
                kind,
                0,
                items + other.items,
                rows + other.rows,
                deadRows + other.deadRows,
                bytes + other.bytes,
                rawBytes + other.rawBytes,
                since.map(time -> other.since.filter(time::isAfter).orElse(time))
                        .or(other::since));
    }
}

package io.spanlake.wal.receive;

import io.spanlake.wal.Claim;
import java.util.List;

/** What comes from the log, in order for each partition: opened, records, perhaps closing, closed. */
public sealed interface Received {
    Claim claim();

    /** The partition is ours; its records begin at that offset. */
    record Opened(Claim claim, long offset) implements Received {}

    /** Records whose offsets follow one another without a gap. */
    record Records(Claim claim, List<LogRecord> records) implements Received {}

    /** No more records will come: what waits is flushed at once. */
    record Closing(Claim claim) implements Received {}

    /** The partition is not ours any more: what still waits is dropped. */
    record Closed(Claim claim) implements Received {}
}

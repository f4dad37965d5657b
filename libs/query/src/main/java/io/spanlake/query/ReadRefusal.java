package io.spanlake.query;

import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.util.List;

/** Why a read has no answer. Nothing that was said before it is a whole answer. */
public sealed interface ReadRefusal {
    /** For a person: what is wrong, where, and the limit. Never what a client sent. */
    String detail();

    /** The client's fault: it handed back something that is no cursor of this list. */
    record BadCursor(String detail) implements ReadRefusal {}

    /** The write-ahead log did not reach in time what was acknowledged before the read began. */
    record LogLags(Duration waited, List<PartitionLag> lagging) implements ReadRefusal {
        public LogLags {
            lagging = List.copyOf(lagging);
        }

        @Override
        public String detail() {
            return "after %d ms the write-ahead log has not reached the end of %s; a read without strict=true answers now"
                    .formatted(waited.toMillis(), lagging);
        }
    }

    /** The write-ahead log will not move until somebody repairs these partitions. */
    record LogStopped(List<StoppedPartition> stopped) implements ReadRefusal {
        public LogStopped {
            stopped = List.copyOf(stopped);
        }

        @Override
        public String detail() {
            return "the write-ahead log stands still until it is repaired: %s; a read without strict=true answers now"
                    .formatted(stopped);
        }
    }

    /** What Kafka was asked for did not come. */
    record LogUnreachable(String reason) implements ReadRefusal {
        @Override
        public String detail() {
            return "the end of the log could not be asked for: %s; a read without strict=true answers now"
                    .formatted(reason);
        }
    }

    /** The index of the object's tail needs more memory than all views together may have. */
    record TailTooLarge(ObjectRef object, long bytes, long limitBytes) implements ReadRefusal {
        @Override
        public String detail() {
            return "the index of what is not compacted of %s needs more than %d bytes; all views may have %d: raise view-bytes"
                    .formatted(object, bytes, limitBytes);
        }
    }

    /** A blob that the catalog lists is gone or damaged. Names it; the answer would have been short of its rows. */
    record BlobUnreadable(String blob, String reason) implements ReadRefusal {
        @Override
        public String detail() {
            return "blob %s cannot be read: %s".formatted(blob, reason);
        }
    }

    /** The blob store did not give what it was asked for; it may the next time. */
    record StoreFailed(String blob, String reason) implements ReadRefusal {
        @Override
        public String detail() {
            return "the blob store did not give blob %s: %s".formatted(blob, reason);
        }
    }

    /** Other reads have the memory that this one needs. */
    record Busy(long limitBytes, Duration retryAfter) implements ReadRefusal {
        @Override
        public String detail() {
            return "the %d bytes for rows under way are taken by other reads".formatted(limitBytes);
        }
    }

    /** @param have first offset that is not in the write-ahead log yet */
    record PartitionLag(int partition, long have, long end) {
        @Override
        public String toString() {
            return "partition %d (at %d of %d)".formatted(partition, have, end);
        }
    }

    record StoppedPartition(int partition, String reason) {
        @Override
        public String toString() {
            return "partition %d (%s)".formatted(partition, reason);
        }
    }
}

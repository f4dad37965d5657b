package io.spanlake.storage.verify;

import io.spanlake.model.ObjectRef;
import io.spanlake.storage.processed.ProcessedSectionSummary;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All places in which writes of one object live, as one snapshot of the catalog has them, and what it says of each. */
public record LiveObject(ObjectRef object, List<WalPlace> wal, List<ProcessedPlace> processed, List<PartPlace> parts) {
    public LiveObject {
        wal = List.copyOf(wal);
        processed = List.copyOf(processed);
        parts = List.copyOf(parts);
    }

    /**
     * A section of the write-ahead log that is not processed.
     *
     * @param first offset of its first record, inclusive
     * @param next  offset after its last
     */
    public record WalPlace(
            String blob, long blobBytes, long footerOffset, int partition, int incarnation, long first, long next) {}

    /**
     * A section of a processed blob.
     *
     * @param first offset of the first record of the cut
     * @param next  offset after its last
     */
    public record ProcessedPlace(
            String blob,
            long blobBytes,
            long footerOffset,
            UUID segment,
            int partition,
            int incarnation,
            long first,
            long next,
            long rows,
            long rawBytes,
            long stampSum) {
        boolean describes(ProcessedSectionSummary section, ObjectRef object) {
            return section.object().equals(object)
                    && section.segment().equals(segment)
                    && section.partition() == partition
                    && section.incarnation() == incarnation
                    && section.first() == first
                    && section.next() == next;
        }
    }

    /**
     * An indexed part.
     *
     * @param rows     dead ones included, as are bytes and sum
     * @param stampSum over the stamps that its rows remember
     */
    public record PartPlace(
            String blob,
            long blobBytes,
            long tailOffset,
            String orc,
            long orcBytes,
            long rows,
            long rawBytes,
            long stampSum,
            Optional<DeadRows> dead) {}

    /**
     * A deletion vector.
     *
     * @param stampSum over the stamps that the dead rows remember
     */
    public record DeadRows(String blob, long bytes, int version, long rows, long stampSum) {}
}

package io.spanlake.wal.collect;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.PackedBlock;
import java.util.List;

/** What a record turned out to be. */
sealed interface RecordContent {
    /**
     * What counts of a record; may be nothing.
     *
     * @param writes those that are at hand one by one
     * @param packed those that stay in the block that they came in
     * @param late   number of writes that were appended too long after the time in their id, and so do not count
     */
    record Writes(OrganizationId organization, List<Write> writes, List<PackedBlock> packed, int late)
            implements RecordContent {
        public Writes {
            writes = List.copyOf(writes);
            packed = List.copyOf(packed);
        }

        boolean isEmpty() {
            return writes.isEmpty() && packed.isEmpty();
        }
    }

    /** No envelope. It must not stand in the way of the others, and its bytes must not be lost. */
    record Unreadable(ByteSlice value, String reason) implements RecordContent {}
}

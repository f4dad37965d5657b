package io.spanlake.wal.collect;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import java.util.List;

/** What a record turned out to be. */
sealed interface RecordContent {
    /**
     * @param writes those that count; may be empty
     * @param late   number of writes that were appended too long after the time in their id, and so do not count
     */
    record Writes(OrganizationId organization, List<Write> writes, int late) implements RecordContent {}

    /** No envelope. It must not stand in the way of the others, and its bytes must not be lost. */
    record Unreadable(ByteSlice value, String reason) implements RecordContent {}
}

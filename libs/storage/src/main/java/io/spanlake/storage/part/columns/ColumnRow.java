package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.util.Optional;

/**
 * What the columns want of a whole row, as its readers see it.
 *
 * @param rowId      its id
 * @param spanId     {@code span_id}
 * @param rootSpanId {@code root_span_id}: the trace
 * @param root       {@code is_root}
 * @param created    {@code created}, raw JSON
 * @param first      stamp of its first write: its place in pages
 * @param last       stamp of its newest write: its {@code _xact_id}
 * @param until      the transaction that put another version in its place
 * @param json       its own fields: one JSON object
 */
public record ColumnRow(
        String rowId,
        String spanId,
        String rootSpanId,
        boolean root,
        ByteSlice created,
        Stamp first,
        Stamp last,
        Optional<TransactionId> until,
        ByteSlice json) {}

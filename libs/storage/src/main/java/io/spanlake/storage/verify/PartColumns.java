package io.spanlake.storage.verify;

import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.columns.ColumnBatch;
import io.spanlake.storage.part.columns.ColumnPath;
import io.spanlake.storage.part.columns.ColumnValues;
import io.spanlake.storage.part.columns.ColumnsFormatException;
import io.spanlake.storage.part.columns.ColumnsProof;
import io.spanlake.storage.part.columns.ColumnsReader;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import java.io.Closeable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The columns of a part beside its rows: the same rows in the same order, and the sums that the tail has. Blocks. */
final class PartColumns implements Closeable {
    private static final List<ColumnPath> IDENTITY =
            List.of(ColumnPath.of("id"), ColumnPath.of("_xact_id"), ColumnPath.of("_pagination_key"));

    private final PartReader part;
    private final PartPlace place;
    private final Findings findings;
    private final @Nullable ColumnsReader columns;
    private final Iterator<ColumnBatch> batches;
    private @Nullable ColumnBatch batch;

    private PartColumns(PartReader part, PartPlace place, Findings findings, @Nullable ColumnsReader columns) {
        this.part = part;
        this.place = place;
        this.findings = findings;
        this.columns = columns;
        this.batches = columns == null
                ? List.<ColumnBatch>of().iterator()
                : columns.read(IDENTITY, 0, Math.toIntExact(columns.rows()))
                        .toIterable(1)
                        .iterator();
    }

    /** Where the columns cannot be opened that is a fault, and nothing more is asked of them. */
    static PartColumns open(PartReader part, PartPlace place, Scheduler decode, Findings findings) {
        try {
            var columns =
                    Objects.requireNonNull(ColumnsReader.open(part.columns(), place.orc(), place.orcBytes(), decode)
                            .block());
            findings.mustBe(place.orc(), "rows", place.rows(), columns.rows());
            return new PartColumns(part, place, findings, columns);
        } catch (ColumnsFormatException e) {
            findings.fault(place.orc(), Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
            return new PartColumns(part, place, findings, null);
        }
    }

    void mustHave(int ordinal, PartRow row) {
        var at = batchOf(ordinal);
        if (at == null) {
            return;
        }
        int i = ordinal - at.first();
        boolean same = text(at.columns().get(0), i, row.rowId())
                && number(
                        at.columns().get(1), i, row.facts().last().transaction().value())
                && number(at.columns().get(2), i, row.facts().first().paginationNumber());
        if (!same) {
            findings.fault(place.orc(), "row %d is not that of the part".formatted(ordinal));
        }
    }

    private @Nullable ColumnBatch batchOf(int ordinal) {
        var current = batch;
        while ((current == null || ordinal >= current.first() + current.rows()) && batches.hasNext()) {
            current = batches.next();
        }
        batch = current;
        return current != null && ordinal >= current.first() && ordinal < current.first() + current.rows()
                ? current
                : null;
    }

    private static boolean text(ColumnValues values, int row, String expected) {
        return values instanceof ColumnValues.Texts texts
                && (texts.isNull(row) || texts.at(row).equals(expected));
    }

    private static boolean number(ColumnValues values, int row, long expected) {
        return values instanceof ColumnValues.Integers integers
                && !integers.isNull(row)
                && integers.at(row) == expected;
    }

    /** What the tail says of each column must be what the columns hold. */
    void finish() {
        if (columns != null) {
            ColumnsProof.differences(columns, part.statistics().columns())
                    .forEach(difference -> findings.fault(place.orc(), difference));
        }
    }

    @Override
    public void close() {
        while (batches.hasNext()) {
            batch = batches.next();
        }
    }
}

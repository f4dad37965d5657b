package io.spanlake.storage.part.columns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** One reading of some columns of some rows. Not thread-safe; blocks. */
final class RowScan {
    private final RecordReader rows;
    private final VectorizedRowBatch batch;
    private final List<OrcSchema.Place> columns;
    private final int leftOutField;
    private final int end;

    private RowScan(Reader orc, RecordReader rows, List<OrcSchema.Place> columns, int end) {
        this.rows = rows;
        this.batch = orc.getSchema().createRowBatch();
        this.columns = columns;
        this.leftOutField = orc.getSchema().getFieldNames().indexOf(OrcSchema.LEFT_OUT);
        this.end = end;
    }

    static RowScan open(Reader orc, List<OrcSchema.Place> columns, int first, int count) throws IOException {
        int end = first + count;
        long rowsBefore = 0;
        long firstByte = -1;
        long firstRow = 0;
        long lastByte = 0;
        for (StripeInformation stripe : orc.getStripes()) {
            long rowsAfter = rowsBefore + stripe.getNumberOfRows();
            if (rowsAfter > first && rowsBefore < end) {
                firstRow = firstByte < 0 ? rowsBefore : firstRow;
                firstByte = firstByte < 0 ? stripe.getOffset() : firstByte;
                lastByte = stripe.getOffset() + stripe.getLength();
            }
            rowsBefore = rowsAfter;
        }
        var options = orc.options().include(included(orc.getSchema(), columns)).range(firstByte, lastByte - firstByte);
        var scan = new RowScan(orc, orc.rows(options), columns, end);
        if (first > firstRow) {
            scan.rows.seekToRow(first);
        }
        return scan;
    }

    /** The columns and what they lie in, by the ids of their types. */
    private static boolean[] included(TypeDescription schema, List<OrcSchema.Place> columns) {
        var included = new boolean[schema.getMaximumId() + 1];
        included[schema.getId()] = true;
        include(included, schema.findSubtype(OrcSchema.LEFT_OUT));
        for (var column : columns) {
            included[schema.getChildren().get(column.field()).getId()] = true;
            include(included, column.type());
        }
        return included;
    }

    private static void include(boolean[] included, TypeDescription type) {
        for (int id = type.getId(); id <= type.getMaximumId(); id++) {
            included[id] = true;
        }
    }

    /** Empty after the last row. */
    Optional<ColumnBatch> next() throws IOException {
        int first = Math.toIntExact(rows.getRowNumber());
        if (first >= end || !rows.nextBatch(batch)) {
            return Optional.empty();
        }
        int count = Math.min(batch.size, end - first);
        var values = columns.stream()
                .map(place -> VectorValues.of(place.column().type(), vector(place), count))
                .toList();
        return Optional.of(new ColumnBatch(first, count, values, leftOut(count)));
    }

    private ColumnVector vector(OrcSchema.Place place) {
        var field = batch.cols[place.field()];
        return place.below() < 0 ? field : ((StructColumnVector) field).fields[place.below()];
    }

    private List<List<ColumnPath>> leftOut(int count) {
        var vector = (ListColumnVector) batch.cols[leftOutField];
        return VectorValues.lists(vector, VectorValues.nulls(vector, count)).stream()
                .map(names -> names.stream().map(ColumnPath::parse).toList())
                .toList();
    }

    void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

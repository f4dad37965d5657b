package io.spanlake.gateway.place;

import io.spanlake.gateway.row.IngestRequest;
import io.spanlake.gateway.row.RowToWrite;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.envelope.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** Gives each row its id, its partition, and its place in a record. Thread-safe; CPU work. */
public final class RowPlacer {
    /** Around the JSON of a row: kind, stamp, lengths. */
    private static final int ROW_OVERHEAD = 32;
    /** Around the rows: organization, and objects of which one is common. */
    private static final int RECORD_OVERHEAD = 64;
    /** An id of Java characters has at most that many bytes a character. */
    private static final int UTF8_MAX = 3;

    private final Placement placement;
    private final RowIds ids;

    public RowPlacer(int partitions, RandomGenerator chance) {
        this.placement = new Placement(partitions);
        this.ids = new RowIds(chance);
    }

    /** @param widths over how many partitions an object spreads now */
    public PlacedRows place(IngestRequest request, ToIntFunction<ObjectRef> widths) {
        var rowIds = new ArrayList<String>(request.rows().size());
        var placed = new ArrayList<PlacedRow>(request.rows().size());
        var plan = new RecordPlan();
        var spread = new Spread(widths);
        for (int row = 0; row < request.rows().size(); row++) {
            var toWrite = withId(request, row);
            var id = toWrite.keys().id().orElseThrow();
            var next = placed(toWrite, id);
            rowIds.add(id);
            placed.add(next);
            plan.add(row, spread.partition(next), bytes(next));
        }
        return new PlacedRows(request.caller().organization(), rowIds, placed, plan.records());
    }

    private RowToWrite withId(IngestRequest request, int row) {
        var toWrite = request.rows().get(row);
        if (toWrite.keys().id().isPresent()) {
            return toWrite;
        }
        var id = ids.idOf(request, row);
        return new RowToWrite(toWrite.keys().withId(id), RowText.withId(toWrite.json(), id));
    }

    private static PlacedRow placed(RowToWrite row, String id) {
        var keys = row.keys();
        return new PlacedRow(keys.object(), keys.origin().orElse(id), keys.traceId(), keys.kind(), row.json());
    }

    private static int bytes(PlacedRow row) {
        int trace = row.traceId().map(String::length).orElse(0);
        int texts = row.rowId().length() + trace + row.object().id().length();
        return row.json().length() + UTF8_MAX * texts + ROW_OVERHEAD;
    }

    /** Rows of a request mostly belong to one object: what it comes to is kept from row to row. */
    private final class Spread {
        private final ToIntFunction<ObjectRef> widths;
        private Optional<ObjectRef> object = Optional.empty();
        private int base;
        private int width;

        Spread(ToIntFunction<ObjectRef> widths) {
            this.widths = widths;
        }

        int partition(PlacedRow row) {
            if (object.isEmpty() || !object.get().equals(row.object())) {
                object = Optional.of(row.object());
                base = placement.basePartition(row.object());
                width = widths.applyAsInt(row.object());
            }
            return placement.partitionFrom(base, row.traceId().orElse(row.rowId()), width);
        }
    }

    /** Fills one record a partition at a time, in the order of the rows. */
    private static final class RecordPlan {
        private final java.util.Map<Integer, Open> open = new java.util.TreeMap<>();
        private final List<PlannedRecord> records = new ArrayList<>();

        void add(int row, int partition, int bytes) {
            var record = open.computeIfAbsent(partition, Open::new);
            if (!record.rows.isEmpty() && record.bytes + bytes > Envelope.RECORD_BYTES_TARGET) {
                records.add(record.close());
                record = new Open(partition);
                open.put(partition, record);
            }
            record.rows.add(row);
            record.bytes += bytes;
        }

        List<PlannedRecord> records() {
            open.values().forEach(record -> records.add(record.close()));
            return records;
        }
    }

    private static final class Open {
        final int partition;
        final List<Integer> rows = new ArrayList<>();
        int bytes = RECORD_OVERHEAD;

        Open(int partition) {
            this.partition = partition;
        }

        PlannedRecord close() {
            return new PlannedRecord(partition, rows, bytes);
        }
    }
}

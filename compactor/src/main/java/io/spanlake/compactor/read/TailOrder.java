package io.spanlake.compactor.read;

import io.spanlake.storage.processed.ProcessedRow;
import io.spanlake.storage.processed.ProcessedSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * The states of some sections in the order in which a part has its rows: traces as they arrived first, the states of one row
 * side by side. Known from footers alone, some 60 bytes a state. Not thread-safe while it is filled.
 */
final class TailOrder {
    /** Where a state lies: section, frame of it, place in the frame. */
    record Place(int section, int frame, int index) {}

    /** States that are of one row, unless ids share a hash. */
    record RowPlaces(long traceHash, List<Place> places) {}

    private static final int FIRST_SIZE = 1024;

    private long[] rowHashes = new long[FIRST_SIZE];
    private long[] traceHashes = new long[FIRST_SIZE];
    private long[] firsts = new long[FIRST_SIZE];
    private long[] lasts = new long[FIRST_SIZE];
    private boolean[] placed = new boolean[FIRST_SIZE];
    private Place[] places = new Place[FIRST_SIZE];
    private int size;
    private int sections;

    /** @return the number that the section has in {@link Place}s */
    int add(ProcessedSection section) {
        int number = sections++;
        for (int frame = 0; frame < section.frames().size(); frame++) {
            var rows = section.frames().get(frame).rows();
            for (int index = 0; index < rows.size(); index++) {
                add(rows.get(index), new Place(number, frame, index));
            }
        }
        return number;
    }

    private void add(ProcessedRow row, Place place) {
        if (size == rowHashes.length) {
            grow();
        }
        rowHashes[size] = row.rowHash();
        // A row that names no trace is one of its own, as the writer of parts has it.
        traceHashes[size] = row.placed() ? row.traceHash() : row.rowHash();
        placed[size] = row.placed();
        firsts[size] = row.first().paginationNumber();
        lasts[size] = row.last().paginationNumber();
        places[size] = place;
        size++;
    }

    private void grow() {
        int larger = 2 * size;
        rowHashes = Arrays.copyOf(rowHashes, larger);
        traceHashes = Arrays.copyOf(traceHashes, larger);
        firsts = Arrays.copyOf(firsts, larger);
        lasts = Arrays.copyOf(lasts, larger);
        placed = Arrays.copyOf(placed, larger);
        places = Arrays.copyOf(places, larger);
    }

    int states() {
        return size;
    }

    /** Each once. */
    long[] rowHashes() {
        return Arrays.stream(rowHashes, 0, size).distinct().toArray();
    }

    /** Rows in the order of the part that they go to; each trace's side by side. */
    List<RowPlaces> rows() {
        var rows = grouped();
        var arrivals = new HashMap<Long, Long>();
        rows.forEach(row -> arrivals.merge(row.traceHash, row.first, TailOrder::earlier));
        return rows.stream()
                .map(row -> new Arrived(arrivals.getOrDefault(row.traceHash, row.first), row))
                .sorted(AS_THEY_ARRIVED)
                .map(arrived -> new RowPlaces(arrived.row.traceHash, arrived.row.places))
                .toList();
    }

    /** @param trace when its trace did */
    private record Arrived(long trace, Row row) {}

    private static final Comparator<Arrived> AS_THEY_ARRIVED = (a, b) -> {
        int byArrival = Long.compareUnsigned(a.trace, b.trace);
        if (byArrival != 0) {
            return byArrival;
        }
        int byTrace = Long.compare(a.row.traceHash, b.row.traceHash);
        return byTrace != 0 ? byTrace : Long.compareUnsigned(a.row.first, b.row.first);
    };

    private record Row(long traceHash, long first, List<Place> places) {}

    /** One for each hash of a row id; under the trace that its newest placed state has. */
    private List<Row> grouped() {
        var byRow = new Integer[size];
        Arrays.setAll(byRow, i -> i);
        Arrays.sort(
                byRow,
                Comparator.comparingLong((Integer i) -> rowHashes[i])
                        .thenComparingLong(i -> lasts[i] ^ Long.MIN_VALUE));
        var rows = new ArrayList<Row>();
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && rowHashes[byRow[to]] == rowHashes[byRow[from]]) {
                to++;
            }
            rows.add(row(byRow, from, to));
            from = to;
        }
        return rows;
    }

    private Row row(Integer[] byRow, int from, int to) {
        long trace = traceHashes[byRow[from]];
        long first = firsts[byRow[from]];
        var here = new ArrayList<Place>(to - from);
        for (int i = from; i < to; i++) {
            int state = byRow[i];
            if (placed[state]) {
                trace = traceHashes[state];
            }
            first = earlier(first, firsts[state]);
            here.add(places[state]);
        }
        return new Row(trace, first, List.copyOf(here));
    }

    private static long earlier(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }
}

package io.spanlake.query.tail;

import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * States of many rows of the tail, some at a time: each block that they lie in is asked for once by all of them, where row by row
 * costs more than what is done with a small row. Thread-safe.
 */
public final class StatesTogether {
    /** Who wants a few rows only need not wait for many; each run is larger than the one before it. */
    private static final int ROWS_FIRST = 16;

    private static final int ROWS_MAX = 512;
    private static final long BYTES_MAX = 2 << 20;
    private static final int AHEAD = 3;
    /** Where a row is larger, one run at a time. */
    private static final long LARGE_BYTES = 8 << 20;

    private static final int BLOCKS_IN_FLIGHT = 4;

    /** @param state of all its writes */
    public record Found(RowPlaces row, RowState state) {}

    private record Block(Object source, int number) {}

    /** @param row among those of the run */
    private record Wanted(int row, StatePlace place) {}

    private record Read(List<Wanted> wanted, List<RowState> states) {}

    private final TailBlobs blobs;
    private final Scheduler fold;

    /** @param fold bounded, for CPU work; what follows goes on there */
    public StatesTogether(TailBlobs blobs, Scheduler fold) {
        this.blobs = blobs;
        this.fold = fold;
    }

    /**
     * Heap that is taken by what is under way.
     *
     * @param bytes   of all rows
     * @param largest of one of them
     */
    public static long bytesUnderWay(long bytes, long largest) {
        return 2 * Math.min(bytes, (ahead(largest) + 1) * Math.max(BYTES_MAX, largest));
    }

    private static int ahead(long largest) {
        return largest > LARGE_BYTES ? 1 : AHEAD;
    }

    /**
     * What is made of the rows, in their order.
     *
     * @param made of one run; several runs at a time
     */
    public <T> Flux<T> of(TailObject object, List<RowPlaces> rows, Function<List<Found>, List<T>> made) {
        long largest = rows.stream().mapToLong(RowPlaces::bytes).max().orElse(0);
        return Flux.fromIterable(() -> new Runs(rows))
                .flatMapSequential(run -> run(object, run).map(made), ahead(largest), 1)
                .concatMapIterable(all -> all, 1);
    }

    /** Runs of rows, each made when it is asked for. A row that is larger than a run is one by itself. */
    private static final class Runs implements Iterator<List<RowPlaces>> {
        private final Iterator<RowPlaces> rows;
        private int most = ROWS_FIRST;
        private @Nullable RowPlaces begun;

        Runs(List<RowPlaces> rows) {
            this.rows = rows.iterator();
        }

        @Override
        public boolean hasNext() {
            return begun != null || rows.hasNext();
        }

        @Override
        public List<RowPlaces> next() {
            var run = new ArrayList<RowPlaces>(most);
            long bytes = 0;
            for (var row = begun == null ? rows.next() : begun;
                    row != null;
                    row = rows.hasNext() ? rows.next() : null) {
                if (!run.isEmpty() && (run.size() == most || bytes + row.bytes() > BYTES_MAX)) {
                    most = Math.min(2 * most, ROWS_MAX);
                    begun = row;
                    return run;
                }
                run.add(row);
                bytes += row.bytes();
            }
            begun = null;
            return run;
        }
    }

    private Mono<List<Found>> run(TailObject object, List<RowPlaces> rows) {
        var wanted = new LinkedHashMap<Block, List<Wanted>>();
        for (int row = 0; row < rows.size(); row++) {
            for (var place : rows.get(row).states()) {
                wanted.computeIfAbsent(blockOf(place), _ -> new ArrayList<>()).add(new Wanted(row, place));
            }
        }
        return Flux.fromIterable(wanted.values())
                .flatMap(together -> read(object, rows, together), BLOCKS_IN_FLIGHT, 1)
                .collectList()
                .publishOn(fold)
                .map(read -> joined(rows, read));
    }

    /** Of a part each row by itself: its stretches are kept where they are read. */
    private static Block blockOf(StatePlace place) {
        return new Block(
                place.source().identity(), place.source() instanceof Source.Part ? place.ordinal() : place.block());
    }

    private Mono<Read> read(TailObject object, List<RowPlaces> rows, List<Wanted> wanted) {
        var first = wanted.getFirst();
        return first.place.source() instanceof Source.Part
                ? blobs.state(object, rows.get(first.row).rowId(), first.place)
                        .map(state -> new Read(wanted, List.of(state)))
                : blobs.states(object, wanted.stream().map(Wanted::place).toList())
                        .map(states -> new Read(wanted, states));
    }

    private static List<Found> joined(List<RowPlaces> rows, List<Read> all) {
        Map<Integer, RowState> states = new LinkedHashMap<>();
        for (var read : all) {
            for (int i = 0; i < read.wanted.size(); i++) {
                states.merge(read.wanted.get(i).row, read.states.get(i), RowState::join);
            }
        }
        var found = new ArrayList<Found>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            var state = states.get(row);
            if (state == null) {
                throw new IllegalStateException(
                        "nothing was read of row " + rows.get(row).rowId());
            }
            found.add(new Found(rows.get(row), state));
        }
        return found;
    }
}

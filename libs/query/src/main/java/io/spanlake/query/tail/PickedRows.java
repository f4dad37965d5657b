package io.spanlake.query.tail;

import io.spanlake.model.AbandonedException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Some rows of a list, each told where it lies when it is asked for. Thread-safe. */
public final class PickedRows extends AbstractList<RowPlaces> implements RandomAccess {
    private final TailRowList from;
    private final int[] indexes;

    PickedRows(TailRowList from, int[] indexes) {
        this.from = from;
        this.indexes = indexes;
    }

    /** A question of one state by where it lies; the source is the number of it in {@link #sources}. */
    public interface StateTest {
        boolean test(int source, int block, int index);
    }

    /** The states of one row, without a list of them. Only valid while the row is being looked at. */
    public interface States {
        boolean any(StateTest test);

        boolean isOne();

        /** Where the newest one lies. */
        Source newest();

        /** As of {@link RowPlaces}. */
        long bytes();
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public RowPlaces get(int index) {
        return from.get(indexes[index]);
    }

    @Override
    public PickedRows subList(int first, int next) {
        return new PickedRows(from, Arrays.copyOfRange(indexes, first, next));
    }

    /** The last one first. */
    public PickedRows backwards() {
        int[] turned = new int[indexes.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = indexes[turned.length - 1 - i];
        }
        return new PickedRows(from, turned);
    }

    /** Runs of them; a row that is larger than a run is one by itself. */
    public List<PickedRows> runs(int rowsMax, long bytesMax) {
        var runs = new ArrayList<PickedRows>();
        var run = new Object() {
            private int first;
            private int next;
            private long bytes;
        };
        forEachStates(states -> {
            long bytes = states.bytes();
            if (run.next > run.first && (run.next - run.first == rowsMax || run.bytes + bytes > bytesMax)) {
                runs.add(subList(run.first, run.next));
                run.first = run.next;
                run.bytes = 0;
            }
            run.next++;
            run.bytes += bytes;
        });
        if (run.next > run.first) {
            runs.add(subList(run.first, run.next));
        }
        return runs;
    }

    /** All that rows of the list may lie in. */
    public List<Source> sources() {
        return from.sources();
    }

    /** @param eye as the test of {@link #only} */
    public void forEachStates(Consumer<States> eye) {
        from.look(indexes, (_, states) -> {
            AbandonedException.check();
            eye.accept(states);
        });
    }

    /**
     * Those that the test admits.
     *
     * @param test    not for long, and of nothing that waits: nobody else asks the tail meanwhile
     * @param leftOut told of each of the others
     */
    public PickedRows only(Predicate<States> test, Consumer<States> leftOut) {
        int[] kept = new int[indexes.length];
        var count = new int[1];
        from.look(indexes, (index, states) -> {
            AbandonedException.check();
            if (test.test(states)) {
                kept[count[0]++] = index;
            } else {
                leftOut.accept(states);
            }
        });
        return new PickedRows(from, Arrays.copyOf(kept, count[0]));
    }
}

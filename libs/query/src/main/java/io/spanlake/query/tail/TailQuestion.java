package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.List;
import java.util.Optional;

/**
 * What a read wants of a tail. Said ahead, so that a tail which is too large to be kept can be read for just this.
 *
 * @param <T> the answer
 */
public sealed interface TailQuestion<T> {
    T askedOf(Tail tail);

    record Row(String rowId) implements TailQuestion<FoundRow> {
        @Override
        public FoundRow askedOf(Tail tail) {
            return new FoundRow(tail.knows(rowId), tail.row(rowId));
        }
    }

    record Trace(String traceId) implements TailQuestion<List<RowPlaces>> {
        @Override
        public List<RowPlaces> askedOf(Tail tail) {
            return tail.trace(traceId);
        }
    }

    record Page(RowDirection direction, Optional<RowPosition> after, PageLimits limits)
            implements TailQuestion<RowPage> {
        @Override
        public RowPage askedOf(Tail tail) {
            return tail.page(direction, after, limits);
        }
    }

    /** Oldest first. */
    record All() implements TailQuestion<PlacedRows> {
        @Override
        public PlacedRows askedOf(Tail tail) {
            return tail.all();
        }
    }

    record Counts() implements TailQuestion<CountedTail> {
        private static final long[] NONE = {};

        @Override
        public CountedTail askedOf(Tail tail) {
            return new CountedTail(tail.counts(), tail.parts().isEmpty() ? NONE : tail.traceHashes());
        }
    }
}

package io.spanlake.query.tail;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * The second that no {@code created} of a row is behind, by what one of its states says: the row shows what the first of its writes
 * said that counts, or the time of the first. Of all states of a row the latest counts. Seconds since the epoch, unsigned.
 */
final class LatestStart {
    /** It may be any. */
    static final int UNKNOWN = -1;

    private LatestStart() {}

    static int of(RowState state) {
        var sent = state.createdAsSent();
        var writes = state.writes();
        int latest = 0;
        for (int i = 0; i < sent.size(); i++) {
            var write = writes.get(i);
            latest = later(latest, of(sent.get(i), write.stamp()));
            if (write.kind() != WriteKind.FULL && write.kind() != WriteKind.MERGE) {
                // What a comment says is of its own.
                latest = later(latest, behind(write.stamp().transaction().time()));
            }
        }
        return latest;
    }

    private static int of(Optional<ByteSlice> sent, Stamp stamp) {
        var value = sent.<Value>map(JsonValues::of).orElse(NullValue.NULL);
        if (value.isNull()) {
            return behind(stamp.transaction().time());
        }
        return Times.of(value) instanceof TimeValue time ? behind(time.instant()) : UNKNOWN;
    }

    private static int behind(Instant time) {
        long seconds = time.getEpochSecond() + 1;
        return seconds < 0 ? 0 : seconds < 1L << Integer.SIZE ? (int) seconds : UNKNOWN;
    }

    static int later(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? b : a;
    }

    static Optional<Instant> time(int latest) {
        return latest == UNKNOWN
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(Integer.toUnsignedLong(latest)));
    }
}

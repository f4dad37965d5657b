package io.spanlake.query.tail;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.parts.ObjectGap;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Map;

/**
 * Which snapshot an answer is of: everything before these positions is in it, and nothing behind them.
 *
 * @param width     how many partitions the object may use
 * @param positions of every partition, by number
 * @param gaps      writes that are missing for good, of the partitions that the object may use
 * @param unreadable writes of the object that were in the log and cannot be read
 * @param closed    nothing up to this transaction will come any more
 */
public record TailState(
        int width,
        Map<Integer, WalPosition> positions,
        List<Gap> gaps,
        List<ObjectGap> unreadable,
        TransactionId closed) {
    public TailState {
        positions = Map.copyOf(positions);
        gaps = List.copyOf(gaps);
        unreadable = List.copyOf(unreadable);
    }

    static TailState of(ObjectSnapshot snapshot) {
        return new TailState(
                snapshot.width(), snapshot.wal(), snapshot.gaps(), snapshot.unreadable(), snapshot.closed());
    }
}

package io.spanlake.query.tail;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalPosition;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Map;

/**
 * Which snapshot an answer is of: everything before these positions is in it, and nothing behind them.
 *
 * @param positions of every partition, by number
 * @param gaps      writes that are missing for good, of the partitions that the object may use
 * @param closed    nothing up to this transaction will come any more
 */
public record TailState(Map<Integer, WalPosition> positions, List<Gap> gaps, TransactionId closed) {
    public TailState {
        positions = Map.copyOf(positions);
        gaps = List.copyOf(gaps);
    }
}

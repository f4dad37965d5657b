package io.spanlake.wal.commit;

import io.spanlake.wal.collect.TakenRange;
import java.util.List;

/**
 * What became of a flush; its writes are not held any more.
 *
 * @param committed ranges that are visible now
 * @param dropped   ranges that were not ours any more; whoever has them reads them again
 */
public record CommitOutcome(List<TakenRange> committed, List<TakenRange> dropped) {
    public CommitOutcome {
        committed = List.copyOf(committed);
        dropped = List.copyOf(dropped);
    }
}

package io.spanlake.segments.look;

import io.spanlake.segments.Claim;
import java.util.List;

/**
 * What became of a cut; nothing of it is held in memory any more.
 *
 * @param committed partitions that have moved on
 * @param refused   partitions that are not ours any more, or whose outcome is not known
 * @param failed    partitions of which something could not be read, folded or stored
 */
public record CutOutcome(List<CommittedStretch> committed, List<Claim> refused, List<Claim> failed) {
    public CutOutcome {
        committed = List.copyOf(committed);
        refused = List.copyOf(refused);
        failed = List.copyOf(failed);
    }
}

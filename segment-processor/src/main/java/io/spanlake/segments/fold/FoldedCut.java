package io.spanlake.segments.fold;

import io.spanlake.segments.Claim;
import java.util.List;

/**
 * A cut whose rows are folded.
 *
 * @param failed partitions of the cut that could not be read or folded
 */
public record FoldedCut(List<FoldedStretch> stretches, List<Claim> failed) {
    public FoldedCut {
        stretches = List.copyOf(stretches);
        failed = List.copyOf(failed);
    }
}

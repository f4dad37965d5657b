package io.spanlake.segments.read;

import io.spanlake.segments.Claim;
import java.util.List;

/**
 * A cut whose writes lie in memory.
 *
 * @param failed partitions of the cut that could not be read now
 */
public record ReadCut(List<ReadStretch> stretches, List<Claim> failed) {
    public ReadCut {
        stretches = List.copyOf(stretches);
        failed = List.copyOf(failed);
    }
}

package io.spanlake.storage.processed;

import io.spanlake.model.row.RowState;
import java.util.List;

/**
 * A frame, decoded.
 *
 * @param states in the order of {@link FrameRef#rows()}; their values are ranges of one array, which lives as long as any
 */
public record ProcessedFrame(FrameRef ref, List<RowState> states) {
    public ProcessedFrame {
        states = List.copyOf(states);
    }
}

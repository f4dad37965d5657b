package io.spanlake.segments.look;

import java.util.List;

/** What is cut now: at least one partition, each once. */
public record Cut(List<PlannedStretch> stretches) {
    public Cut {
        stretches = List.copyOf(stretches);
    }
}

package io.spanlake.storage.processed;

import io.spanlake.model.ObjectRef;
import java.util.List;
import java.util.UUID;

/**
 * What the footer says of one segment's row states from one cut of one partition.
 *
 * @param summary what the catalog has of it
 * @param frames  at least one, one after another
 */
public record ProcessedSection(ProcessedSectionSummary summary, List<FrameRef> frames) {
    public ProcessedSection {
        frames = List.copyOf(frames);
    }

    public UUID segment() {
        return summary.segment();
    }

    public ObjectRef object() {
        return summary.object();
    }
}
